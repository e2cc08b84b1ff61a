package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A link where a run keeps its work would have it write, cut or delete files
// elsewhere. Nothing is followed and nothing is touched.
func TestALinkInThePlaceOfTheWorkOfARunIsRefused(t *testing.T) {
	for name, link := range map[string]string{
		"the folder":            "",
		"the journal":           journalName,
		"the state":             runName,
		"the next state":        runName + ".new",
		"the lock":              lockName,
		"the result being made": resultName,
	} {
		for _, o := range []Options{{}, {Force: true}, {Resume: true}} {
			root := t.TempDir()
			dir, elsewhere := filepath.Join(root, "r"), filepath.Join(root, "elsewhere")
			put(t, elsewhere, "thesis.tex", "chapter 1")
			put(t, filepath.Join(elsewhere, resultName), "thesis.tex", "chapter 2")
			target, at := filepath.Join(elsewhere, "thesis.tex"), filepath.Join(partialDir(dir), link)
			if link == "" || link == resultName {
				target = elsewhere
			}
			mkdir(t, filepath.Dir(at))
			if err := os.Symlink(target, at); err != nil {
				t.Skip(err)
			}
			_, err := Create(dir, meta(1), config, o)
			if err == nil || !strings.Contains(err.Error(), at+", where the run is kept, is a link: remove it") {
				t.Errorf("%s with %+v: error %v", name, o, err)
			}
			if got := strings.Join(names(t, elsewhere), " "); got != "result thesis.tex" || string(read(t, elsewhere, "thesis.tex")) != "chapter 1" {
				t.Errorf("%s with %+v: elsewhere there is %s", name, o, got)
			}
		}
	}
}

func TestALinkToNothingIsNotTakenForAFolder(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "r")
	if err := os.Symlink(filepath.Join(root, "nowhere"), dir); err != nil {
		t.Skip(err)
	}
	if _, err := Create(dir, meta(1), config, Options{Force: true}); err == nil || !strings.Contains(err.Error(), dir+": it is a link to what is not there") {
		t.Errorf("error %v", err)
	}
	if got := names(t, root); len(got) != 1 {
		t.Errorf("left %v", got)
	}
}

// An earlier result is replaced as it is: what its links lead to stays.
func TestReplacingAResultLeavesWhatItsLinksLeadTo(t *testing.T) {
	root := t.TempDir()
	dir, elsewhere := filepath.Join(root, "r"), filepath.Join(root, "elsewhere")
	written(t, dir, 1)
	put(t, elsewhere, "thesis.tex", "chapter 1")
	if err := os.Symlink(elsewhere, filepath.Join(dir, "figures")); err != nil {
		t.Skip(err)
	}
	if _, err := begin(t, dir, 2, Options{Force: true}).Commit(execution); err != nil {
		t.Fatal(err)
	}
	if string(read(t, elsewhere, "thesis.tex")) != "chapter 1" {
		t.Error("what a link led to is gone")
	}
}
