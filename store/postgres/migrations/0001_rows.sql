-- +goose Up

-- Which layout of rows this is (store.Schema); one row.
CREATE TABLE about (
    layout bigint NOT NULL
);
INSERT INTO about (layout) VALUES (1);

-- The wrapped secret behind the look-ups, and the wrapped data keys.
CREATE TABLE secret (
    key     bytea  PRIMARY KEY,
    version bigint NOT NULL,
    body    bytea  NOT NULL
);
CREATE TABLE data_key (
    key     bytea  PRIMARY KEY,
    version bigint NOT NULL,
    body    bytea  NOT NULL
);
