package asylum

import (
	"reflect"
	"testing"
)

// TestCopyLeavesNoFieldOut: copyTo names every field, so that one that is added
// must be added there.
func TestCopyLeavesNoFieldOut(t *testing.T) {
	var c, copied Case
	fields := reflect.ValueOf(&c).Elem()
	for i := range fields.NumField() {
		f := fields.Field(i)
		if f.CanUint() {
			f.SetUint(uint64(101 + i))
		} else {
			f.SetInt(int64(101 + i))
		}
	}
	if c.copyTo(&copied); copied != c {
		t.Errorf("%+v was copied as %+v", c, copied)
	}
}
