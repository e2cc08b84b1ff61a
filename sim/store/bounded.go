package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"asylumsim/sim/file"
	"asylumsim/sim/policy"
)

// mostBytes is the largest file that is read whole: the manifest, the state of
// an unfinished run and the resolved configuration, which take some hundred
// kilobytes.
const mostBytes = 16 << 20

// readWhole reads a file whole, if it is not too large to be one of ours.
func readWhole(path string) ([]byte, error) {
	in, err := file.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, mostBytes+1))
	if err == nil && len(data) > mostBytes {
		err = fmt.Errorf("%s is over %d MB: want a file that asylumsim wrote", path, mostBytes>>20)
	}
	return data, err
}

// unmarshal decodes JSON whose texts are all printable.
func unmarshal(data []byte, target any) error {
	if err := json.Unmarshal(data, target); err != nil {
		return err
	}
	return printable(data)
}

// printable reports the first text of valid JSON that is not to be shown.
func printable(data []byte) error {
	reader := json.NewDecoder(bytes.NewReader(data))
	reader.UseNumber()
	for {
		token, err := reader.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if text, ok := token.(string); ok {
			if r, found := policy.Unprintable(text); found {
				return fmt.Errorf("%.100q holds the character %U: want text that can be printed", text, r)
			}
		}
	}
}
