package evidence

import (
	"strings"
	"testing"
)

// TestSeriesAreHeldAgainstEachOther changes one cell at a time. The message names
// file, line and column, the value and what was expected.
func TestSeriesAreHeldAgainstEachOther(t *testing.T) {
	for _, c := range []struct{ name, file, before, after, want string }{
		// A row against itself.
		{"people supported lack a digit", "asylum_support_quarterly.csv", "2025-12-31,107003,", "2025-12-31,10700,", ":49: hotel 30657: more than people_supported 10700"},
		{"a total lacks a digit", "asylum_support_quarterly.csv", "2025-12-31,107003,", "2025-12-31,10700,", ":49: people_supported 10700: 0.10 of what is next to it"},
		{"a share is not of its counts", "asylum_support_quarterly.csv", "30657,0.2865", "30657,0.3865", ":49: hotel_share 0.3865: the counts make it 0.2865"},
		{"a kind of accommodation is empty", "asylum_support_quarterly.csv", "30657,0.2865,2010,68538,1572", "30657,0.2865,2010,68538,", ":49: initial is empty, though hotel is published"},
		{"hotels are empty beside a split", "asylum_support_quarterly.csv", "107003,30657,0.2865", "107003,,", ":49: hotel is empty, though contingency_other is published"},
		{"a share without its count", "asylum_support_quarterly.csv", "111651,36273,0.3249", "111651,,0.3249", ":48: hotel is empty, though hotel_share is published"},
		{"a rate of grants", "asylum_flows_quarterly.csv", "0.3905", "0.3095", ":65: grant_rate_people 0.3095: the counts make it 0.3905"},
		{"main applicants and dependants", "asylum_backlog_quarterly.csv", "64426,48723,15703", "64426,47823,15703", ":64: people_awaiting 64426: its parts sum to 63526"},
		{"half of a pair", "asylum_backlog_quarterly.csv", "64426,48723,15703", "64426,,15703", ":64: main_applicants_awaiting is empty, though dependants_awaiting is published"},
		{"bands of age", "asylum_backlog_age_bands.csv", "2023-12-31,97787,15944", "2023-12-31,97787,15945", ":30: total_main_applicants 97787: its parts sum to 97788"},
		{"outcomes of a year of claims", "asylum_outcomes_by_claim_year.csv", "23432,6131,", "23432,6113,", ":2: main_claims 23432: its parts sum to 23414"},
		{"one outcome of a year is empty", "asylum_outcomes_by_claim_year.csv", "23432,6131,", "23432,,", ":2: initial_grants is empty, though initial_refusals is published"},
		{"stages of work in progress", "asylum_wip_annual.csv", "215518,138134,16807,5109,41181", "215518,138134,16807,5109,4118", ":14: total_wip 215518: its parts sum to 178455"},
		{"asylum appeals among all", "appeals_ftt_quarterly.csv", "17822,7462,80333,36,32165", "71822,7462,80333,36,32165", ":33: asylum_receipts 71822: more than all_receipts 32165"},
		{"a fraction for per cent", "appeals_ftt_quarterly.csv", "80333,36,", "80333,0.36,", ":33: asylum_allowed_pct 0.36: want per cent"},
		{"all of them allowed", "appeals_ftt_quarterly.csv", "80333,36,", "80333,136,", ":33: asylum_allowed_pct 136: want a percentage"},
		{"the name of a quarter", "appeals_ftt_quarterly.csv", "Q3 2025/26", "Q2 2025/26", ":33: moj_period Q2 2025/26: want Q3 2025/26"},
		{"appeals that ended", "appeals_ho_asylum_quarterly_2010_2023.csv", "1220,0.4943", "1220,0.4493", ":54: allowed_share 0.4493: the counts make it 0.4943"},
		{"boats that no one controlled", "small_boat_daily.csv", "2025-12-30,0,0,0", "2025-12-30,0,0,2", ":2922: boats_uncontrolled_landing 2: more than boats 0"},
		{"people without a boat", "small_boat_daily.csv", "2025-12-30,0,0,0", "2025-12-30,10,0,0", ":2922: people 10: in 0 boats"},
		{"arrivals with and without a claim", "small_boat_claims_by_arrival_year.csv", "285,280,5,", "285,280,6,", ":2: arrivals_matched 285: its parts sum to 286"},
		{"returns", "returns_quarterly.csv", "2025-12-31,2889,", "2025-12-31,2989,", ":33: total 15253: its parts sum to 15353"},
		// A row against its neighbours.
		{"a digit too many", "asylum_flows_quarterly.csv", "2025-09-30,30302,", "2025-09-30,303020,", ":64: claims_people 303020: 11.1 times what is next to it"},
		{"a digit too few of the newest", "asylum_flows_quarterly.csv", "2025-12-31,22400,", "2025-12-31,2240,", ":65: claims_people 2240: 0.07 of what is next to it"},
		{"a stock that flows do not explain", "asylum_backlog_quarterly.csv", "64426,48723,15703", "44426,28723,15703", ":64: people_awaiting 44426: 80841 a quarter before and 22400 claims less 39364 outcomes make it 63877"},
		{"appeals that come from nowhere", "appeals_ftt_quarterly.csv", "17822,7462,80333,", "17822,7462,98333,", ":33: asylum_open 98333: 69670 a quarter before and 17822 received less 7462 disposed of make it 80030"},
		{"a quarter twice", "asylum_support_quarterly.csv", "2025-12-31,107003", "2025-09-30,107003", ":49: date 2025-09-30 is there twice: want the next quarter"},
		{"quarters out of order", "returns_quarterly.csv", "2025-09-30,", "2024-09-30,", ":32: quarter_end 2024-09-30 follows 2025-06-30: want the next quarter"},
		{"a month left out", "small_boat_monthly.csv", "2025-11,2338,33,70.85,30,5,648\n", "", ":96: month 2025-12 follows 2025-10: want the next month"},
		{"a year twice", "small_boat_annual.csv", "2025,41472", "2024,41472", ":9: year 2024 follows 2024: want the next year"},
		{"a nationality twice", "initial_decisions_by_nationality_annual.csv", "Afghanistan,2019,", "Afghanistan,2018,", ":3: Afghanistan 2018: is in line 2 already"},
		{"a group of claimants twice", "asylum_claims_demographics_annual.csv", "2018,dependant,0,female,30-49", "2018,dependant,0,female,18-29", ":3: 2018 dependant false female 18-29: is in line 2 already"},
		// A file against another.
		{"a week of boats", "small_boat_weekly_preventions.csv", "2025-12-21,1374,", "2025-12-21,1734,", ":417: people 1734: want 1374"},
		{"a month of boats", "small_boat_monthly.csv", "2025-12,2180,36,60.56", "2025-12,2160,36,60", ":97: people 2160: want 2180"},
		{"a year of boats", "small_boat_annual.csv", "41472,672,41472,672", "41472,672,41427,672", ":9: people_daily_series 41427: want 41472"},
		{"official boats", "small_boat_annual.csv", "2025,41472,", "2025,44172,", ":9: people_official 44172: want within 1%"},
		{"a day of boats", "small_boat_daily.csv", "2025-12-30,0,0,0", "2025-12-30,60,1,0", "small_boat_monthly.csv:97: people 2180: want 2240"},
		{"nationalities of a year", "small_boat_nationality.csv", "2018,Afghanistan,3,", "2018,Afghanistan,30,", ":23: people of 2018 326: want 299"},
		{"arrivals matched", "small_boat_claims_by_arrival_year.csv", "2025,40595,39952,643,36549,3403,0.0852", "2025,30595,29952,643,26549,3403,0.1136", ":9: arrivals_matched 30595: want 90% to 100% of the 41472"},
		{"claims of an older table", "asylum_claims_main_dependant_quarterly.csv", "2024-09-30,23614,6493,30107,0.2157", "2024-09-30,33614,6493,40107,0.1619", ":28: people 40107: want within 15% of the 29225"},
		{"claims by age", "asylum_claims_demographics_annual.csv", "2018,dependant,0,female,18-29,483", "2018,dependant,0,female,18-29,843", "claims: 29504 main applicants, 9339 dependants"},
		{"cases of a year", "asylum_outcomes_by_claim_year.csv", "2025,82559", "2025,28559", ":20: main_claims 28559: want the 101911 people"},
		{"decisions by type", "initial_decisions_by_type_quarterly.csv", "2018-03-31,dependant,grant_of_protection,humanitarian_protection,182", "2018-03-31,dependant,grant_of_protection,humanitarian_protection,1820", "grants of 2018-03-31 3964: want within 20% of the 2326"},
		{"years of a nationality", "grant_rates_by_nationality_2020_2025.csv", "Albania,2849,13536", "Albania,2489,13536", ":3: grants_2020_2025 2489: want 2849, the sum of its years"},
		{"older stock", "asylum_backlog_age_bands.csv", "2023-12-31,97787,15944,21318,27208,33317", "2023-12-31,117787,35944,21318,27208,33317", ":30: total_main_applicants 117787: want within 10% of the 95252"},
		{"returns of a year", "returns_asylum_related_annual_2010_2023.csv", "2023,non_asylum,4531", "2023,non_asylum,5431", ":29: enforced of 2023 7293: want within 10% of the 6362"},
		{"claims as first published", "uk_snapshots.csv", "claims_people,YE2025-09,110051", "claims_people,YE2025-09,11005", "value 11005 of claims_people: its parts by route sum to 98820"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(copyOf(t, c.file, c.before, c.after))
			if err == nil {
				t.Fatal("no error")
			}
			if want := c.want; !strings.Contains(err.Error(), want) {
				t.Errorf("errors do not say %q:\n%s", want, err)
			} else if strings.HasPrefix(want, ":") && !strings.Contains(err.Error(), c.file+want) {
				t.Errorf("errors do not say %q of %s:\n%s", want, c.file, err)
			}
		})
	}
}

// TestASeriesOfASpreadsheetIsRead: with a byte-order mark and carriage returns it
// is what it was; a row of nothing but commas is refused.
func TestASeriesOfASpreadsheetIsRead(t *testing.T) {
	header := "quarter_end,enforced,voluntary,refused_entry_departed,total\n"
	want := published(t)
	for name, after := range map[string]string{"mark": "\ufeff" + header, "carriage return": strings.ReplaceAll(header, "\n", "\r\n"), "both": "\ufeff" + strings.ReplaceAll(header, "\n", "\r\n")} {
		s, err := Load(copyOf(t, "returns_quarterly.csv", header, after))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if len(s.Returns) != len(want.Returns) || s.Returns[31] != want.Returns[31] {
			t.Errorf("%s: returns are not what they were", name)
		}
	}
	if _, err := Load(copyOf(t, "returns_quarterly.csv", "15253\n", "15253\n,,,,\n")); err == nil || !strings.Contains(err.Error(), "returns_quarterly.csv:34: quarter_end") {
		t.Errorf("error %v: want one of line 34", err)
	}
}
