package codec_test

import (
	"encoding/json"
	"testing"

	"linkline/conversation/casework"
	"linkline/store/storetest"
)

// BenchmarkCase and BenchmarkCaseJSON write and read one full record both ways.
func BenchmarkCase(b *testing.B) {
	record := storetest.Filled(casework.Cases.Kind)
	plan := planOf(b, record)
	var data []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if data, err = plan.Append(data[:0], record); err != nil {
			b.Fatal(err)
		}
		if err := plan.Decode(data, new(casework.Case)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data)), "bytes/record")
}

func BenchmarkCaseJSON(b *testing.B) {
	record := storetest.Filled(casework.Cases.Kind)
	var data []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if data, err = json.Marshal(record); err != nil {
			b.Fatal(err)
		}
		if err := json.Unmarshal(data, new(casework.Case)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data)), "bytes/record")
}
