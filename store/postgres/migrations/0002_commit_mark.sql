-- +goose Up

-- A row for each commit, written with it, so that whoever lost the connection
-- over COMMIT can learn what came of it. A void mark was put there by whoever
-- asked first: the commit it names can never happen. Old ones are removed.
CREATE TABLE commit_mark (
    id   bytea   PRIMARY KEY,
    void boolean NOT NULL
);
