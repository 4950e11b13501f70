// Package config is what an operator sets: one YAML file, LINKLINE_*
// environment variables and flags, read strictly into one Config. A flag wins
// over the environment, the environment over the file, the file over the
// default. Secrets come from the environment only, or from a file that it
// names.
//
// Load finds every problem before it gives up, each with its place and what to
// do about it, and refuses settings under which the service would be unsafe
// for the people who text it. It opens no socket and no store, and it knows
// nothing of how the settings are used.
package config
