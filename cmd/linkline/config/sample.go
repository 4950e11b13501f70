package config

import _ "embed"

// Sample is the linkline.yaml that "linkline init" writes: the made-up team,
// with a word on each setting.
//
//go:embed sample.yaml
var Sample []byte
