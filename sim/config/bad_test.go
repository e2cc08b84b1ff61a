package config

import (
	"errors"
	"path/filepath"
	"testing"

	"asylumsim/sim/policy"
)

// Every rule has a file that breaks it, and the text that its author reads.
func TestBadFilesAreExplained(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bad files: %v", err)
	}
	for _, file := range files {
		t.Run(stem(filepath.ToSlash(file)), func(t *testing.T) {
			_, err := validate(fixture(), []string{file})
			if problems := (policy.Problems)(nil); !errors.As(err, &problems) {
				t.Fatalf("got error %v, want problems", err)
			}
			golden(t, "bad/"+stem(filepath.ToSlash(file))+".golden", err.Error()+"\n")
		})
	}
}
