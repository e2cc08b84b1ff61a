package measure

import "regexp"

// figureFile is the name of a file of a figure: of its output or series by
// quarter, its page, and what kind of file it is.
var figureFile = regexp.MustCompile(`^([a-z_]+?)(_quarterly)?(?:-[0-9]+)?\.(?:svg|png|csv)$`)

// FigureFile reports whether a file has a name that figures of a result are kept
// under.
func FigureFile(name string) bool {
	m := figureFile.FindStringSubmatch(name)
	if m == nil {
		return name == "README.md"
	}
	if m[2] != "" {
		return QuarterlyByName(m[1]) != nil
	}
	_, known := ByName(m[1])
	return known
}
