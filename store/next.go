package store

import (
	"bytes"
	"strings"
)

// indexTable ends the name of a group's table of index entries.
const indexTable = ".index"

// Next names the row that is read next by whoever reads this one: the record of
// an index entry, the data key of a record. It is for backends that lie behind
// a network, which then fetch both at once; no other promise rests on it.
func Next(table string, row Row) (nextTable string, key []byte, ok bool) {
	if table == keyTable || table == storeTable {
		return "", nil, false
	}
	if group, entries := strings.CutSuffix(table, indexTable); entries {
		kind, _, named := bytes.Cut(row.Key, []byte("."))
		cut := bytes.LastIndexByte(row.Key, zero) + 1
		if !named || cut == 0 {
			return "", nil, false
		}
		key = append(bytes.Clone(row.Key[cut:]), zero)
		return group, append(key, kind...), true
	}
	if len(row.Value) < fixedSize || row.Value[0] != rowFormat {
		return "", nil, false
	}
	p := parts{rest: row.Value[fixedSize:]}
	key = p.part()
	return keyTable, key, !p.broken
}
