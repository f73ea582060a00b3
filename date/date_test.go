package date_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"dragoman"
	"dragoman/data"
	"dragoman/date"
)

// document builds a document from words separated by blanks; "." ends a
// sentence. A word may carry its part of speech and features: "struck_VERB:Past",
// "to_PART", "will_AUX". Every word hangs on the first verb after the last
// other verb before it, unless "@n" gives the distance to its head.
func document(published, words string) *dragoman.Document {
	d := &dragoman.Document{}
	d.Published = dragoman.NoDay
	if p, err := dragoman.ParseDay(published); err == nil {
		d.Published = p
	}
	var text strings.Builder
	first := 0
	fields := strings.Fields(words)
	for i, w := range fields {
		form, tag, _ := strings.Cut(w, "_")
		if form == "" {
			form, tag = w, ""
		}
		start := text.Len()
		text.WriteString(form)
		d.Tokens = append(d.Tokens, dragoman.Token{Span: dragoman.Span{Start: start, End: text.Len()}})
		text.WriteByte(' ')
		d.Tags = append(d.Tags, tagOf(form, tag))
		d.Arcs = append(d.Arcs, dragoman.Arc{Head: -1, Rel: "dep"})
		if form == "." || i+1 == len(fields) {
			s := dragoman.Sentence{First: first, End: len(d.Tokens)}
			s.Span = dragoman.Span{Start: d.Tokens[first].Start, End: text.Len() - 1}
			d.Sentences = append(d.Sentences, s)
			hang(d, s)
			first = len(d.Tokens)
		}
	}
	d.Text = text.String()
	return d
}

func tagOf(form, tag string) dragoman.Tag {
	pos, feature, _ := strings.Cut(tag, ":")
	t := dragoman.Tag{Lemma: strings.ToLower(form), POS: dragoman.ParsePOS(pos)}
	switch feature {
	case "Past":
		t.Feats = "Tense=Past|VerbForm=Fin"
	case "Pres":
		t.Feats = "Tense=Pres|VerbForm=Fin"
	case "Part":
		t.Feats = "Tense=Past|VerbForm=Part"
	case "Inf":
		t.Feats = "VerbForm=Inf"
	case "Plur":
		t.Feats = "Number=Plur"
	}
	if lemma, ok := lemmas[t.Lemma]; ok {
		t.Lemma = lemma
	}
	switch {
	case pos != "":
	case form[0] >= '0' && form[0] <= '9':
		t.POS = dragoman.NUM
	case strings.ContainsAny(form[:1], ".,;()"):
		t.POS = dragoman.PUNCT
	case form[0] >= 'A' && form[0] <= 'Z':
		t.POS = dragoman.PROPN
	default:
		t.POS = dragoman.NOUN
	}
	return t
}

var lemmas = map[string]string{"has": "have", "plans": "plan", "begins": "begin", "scheduled": "schedule"}

// hang gives every word the nearest verb to its left as head, a word before
// the first verb and an auxiliary the verb to its right, a verb the one before.
func hang(d *dragoman.Document, s dragoman.Sentence) {
	last := -1
	for i := s.First; i < s.End; i++ {
		if d.Tags[i].POS != dragoman.VERB {
			d.Arcs[i].Head = last
			continue
		}
		d.Arcs[i].Head = last
		for k := i - 1; k >= s.First && (last < 0 || d.Tags[k].POS == dragoman.AUX); k-- {
			d.Arcs[k].Head = i
			if d.Tags[k].POS == dragoman.AUX {
				d.Arcs[k].Rel = "aux"
			}
		}
		last = i
	}
}

func load(t testing.TB) *date.Finder {
	t.Helper()
	f, err := date.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// show writes dates as "text=from..to", a single day as "text=day", the open
// ones as "text=?".
func show(d *dragoman.Document, dates []dragoman.Date) string {
	var all []string
	for _, x := range dates {
		days := x.From.String() + ".." + x.To.String()
		switch {
		case x.From == dragoman.NoDay && x.To == dragoman.NoDay:
			days = "?"
		case x.From == x.To:
			days = x.From.String()
		}
		all = append(all, x.In(d.Text)+"="+days)
	}
	return strings.Join(all, "; ")
}

func expect(t *testing.T, published string, cases [][2]string) {
	t.Helper()
	f := load(t)
	for _, c := range cases {
		d := document(published, c[0])
		if got := show(d, f.Find(d)); got != c[1] {
			t.Errorf("%s\n  have %s\n  want %s", c[0], got, c[1])
		}
	}
}

// TestOfNouns wants a date that describes a noun to stay as it is after "since", and a number
// after a weekday and a comma to be a day only where nothing goes on from it.
func TestOfNouns(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"since Tuesday's raid", "Tuesday's=2025-02-11"},
		{"since Tuesday", "since Tuesday=2025-02-11..2025-02-12"},
		{"talks on Tuesday , the first since March", "Tuesday=2025-02-11; since March=2024-03-01..2025-02-12"},
		{"talks on Tuesday , the second of the year", "Tuesday=2025-02-11"},
		{"talks on Tuesday , the fourth , failed", "Tuesday , the fourth=2025-02-04"},
	})
}

// TestThisWeekend wants what was done this weekend, told before the next, to be of the last.
func TestThisWeekend(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"he spoke_VERB:Past this weekend", "this weekend=2025-02-08..2025-02-09"},
		{"he will_AUX speak_VERB:Inf this weekend", "this weekend=2025-02-15..2025-02-16"},
	})
}

func TestAbsolute(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"on 3 March 2024", "3 March 2024=2024-03-03"},
		{"on March 3rd , 2024", "March 3rd , 2024=2024-03-03"},
		{"on the 3rd of March 2024", "the 3rd of March 2024=2024-03-03"},
		{"the third of March", "the third of March=2025-03-03"},
		{"on Feb. 3", "Feb. 3=2025-02-03"},
		{"dated 2024-11-30", "2024-11-30=2024-11-30"},
		{"dated 2024 - 11 - 30", "2024 - 11 - 30=2024-11-30"},
		{"dated 30.11.2024", "30.11.2024=2024-11-30"},
		{"dated 30/11/2024 , 11/30/2024", "30/11/2024=2024-11-30; 11/30/2024=2024-11-30"},
		{"dated 3/4/2021", "3/4/2021=2021-03-04"},
		{"dated 2/12/2025 then 12/2/2025", "2/12/2025=2025-02-12; 12/2/2025=2025-02-12"},
		{"dated 30 - 11 - 2024", "30 - 11 - 2024=2024-11-30"},
		{"on 31 February 2024", "February 2024=2024-02-01..2024-02-29"},
		{"on Tuesday , 4 February", "Tuesday , 4 February=2025-02-04"},
		{"in February 2020", "February 2020=2020-02-01..2020-02-29"},
		{"in March last year", "March last year=2024-03-01..2024-03-31"},
		{"in March of this year", "March of this year=2025-03-01..2025-03-31"},
		{"in 2019", "2019=2019-01-01..2019-12-31"},
		{"in the year 1998", "the year 1998=1998-01-01..1998-12-31"},
		{"in Q3 2022", "Q3 2022=2022-07-01..2022-09-30"},
		{"in FY2023", "FY2023=2023-01-01..2023-12-31"},
		{"in the third quarter of 2022", "the third quarter of 2022=2022-07-01..2022-09-30"},
		{"the first half of 2024", "the first half of 2024=2024-01-01..2024-06-30"},
		{"the first three months of 2024", "the first three months of 2024=2024-01-01..2024-03-31"},
		{"the last two weeks of March 2024", "the last two weeks of March 2024=2024-03-18..2024-03-31"},
		{"$ 12 December 27", "December 27=2024-12-27"},
		{"the last day of March 2024", "the last day of March 2024=2024-03-31"},
		{"the second Monday of January", "the second Monday of January=2025-01-13"},
		{"the last Friday of May 2024", "the last Friday of May 2024=2024-05-31"},
		{"the week of 6 October 2024", "the week of 6 October 2024=2024-09-30..2024-10-06"},
		{"in the 1990s", "the 1990s=1990-01-01..1999-12-31"},
		{"in the 1950 - 60s", "1950 - 60s=1950-01-01..1969-12-31"},
		{"in the nineties", "the nineties=1990-01-01..1999-12-31"},
		{"in the 20th century", "the 20th century=1900-01-01..1999-12-31"},
		{"the twenty - first century", "the twenty - first century=2000-01-01..2099-12-31"},
		{"in the summer of 2021", "the summer of 2021=2021-06-01..2021-08-31"},
		{"mid-March 2024", "mid-March 2024=2024-03-10..2024-03-20"},
		{"early 2020", "early 2020=2020-01-01..2020-04-30"},
		{"the end of March 2024", "the end of March 2024=2024-03-16..2024-03-31"},
	})
}

// Dates in figures, whole or cut by the tokeniser.
func TestFigures(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"signed 7/Oct/2024", "7/Oct/2024=2024-10-07"},
		{"signed Oct / 7 / 2024 , 2024 - Oct - 7 , 7-Oct-24", "Oct / 7 / 2024=2024-10-07; 2024 - Oct - 7=2024-10-07; 7-Oct-24=2024-10-07"},
		{"signed 10/7/24 , 2024-9-3", "10/7/24=2024-10-07; 2024-9-3=2024-09-03"},
		{"signed 20241007 , item 20249999", "20241007=2024-10-07"},
		{"signed 28/09 , on 7/9 , by 9/7", "28/09=2024-09-28; 7/9=2024-07-09; by 9/7=..2024-09-07"},
		{"Nov24 , Nov/2024 , 2024/Nov", "Nov24=2024-11-24; Nov/2024=2024-11-01..2024-11-30; 2024/Nov=2024-11-01..2024-11-30"},
		{"in 2024-11 , 11/2024", "2024-11=2024-11-01..2024-11-30; 11/2024=2024-11-01..2024-11-30"},
		{"in 2020-21 , won 4-2 , open 24/7 , 3/4 of them , on 2/3 votes", "2020-21=2020-01-01..2021-12-31"},
		{"from 10/9 to 10/25 . in 2011~2014", "from 10/9 to 10/25=2024-10-09..2024-10-25; 2011~2014=2011-01-01..2014-12-31"},
		{"from 10/30/2024-11/4/2024", "from 10/30/2024-11/4/2024=2024-10-30..2024-11-04"},
		{"Tuesday ( 28 January ) , Tuesday 28/1", "Tuesday ( 28 January=2025-01-28; Tuesday 28/1=2025-01-28"},
		{"file 155-07-10-2024", ""},
	})
}

// The year before its month, in words, and days in words or alone.
func TestLoose(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"in 2023 June . 2023 June 5 . 2023 Q4 . 2023-H1", "2023 June=2023-06-01..2023-06-30; 2023 June 5=2023-06-05; 2023 Q4=2023-10-01..2023-12-31; 2023-H1=2023-01-01..2023-06-30"},
		{"H2 2023 , Q3-2023", "H2 2023=2023-07-01..2023-12-31; Q3-2023=2023-07-01..2023-09-30"},
		{"in nineteen eighty - nine , in June nineteen hundred and five", "nineteen eighty - nine=1989-01-01..1989-12-31; June nineteen hundred and five=1905-06-01..1905-06-30"},
		{"in two thousand and eleven , nineteen eighty votes", "two thousand and eleven=2011-01-01..2011-12-31"},
		{"on November fifth , on January , 8th", "November fifth=2024-11-05; January , 8th=2025-01-08"},
		{"January the eighth through the tenth", "January the eighth through the tenth=2025-01-08..2025-01-10"},
		{"on December twenty - nine . in December twenty men_NOUN left_VERB:Past", "December twenty - nine=2024-12-29; December=2024-12-01..2024-12-31"},
		{"in June first reports_NOUN came_VERB:Past", "June=2024-06-01..2024-06-30"},
		{"on the 4th he_PRON left_VERB:Past , on the 4th floor_NOUN", "the 4th=2025-02-04"},
		{"around the 7th . on Friday the 13th . on Friday the thirteenth . on Friday 31 people_NOUN died_VERB:Past", "the 7th=2025-02-07; Friday the 13th=2024-12-13; Friday the thirteenth=2024-12-13; Friday=2025-02-07"},
		{"from the 28th to the 3rd of January", "from the 28th to the 3rd of January=2024-12-28..2025-01-03"},
		{"from 28 January to the 3rd", "from 28 January to the 3rd=2025-01-28..2025-02-03"},
		{"in 2014 , 2015 and 2016", "2014=2014-01-01..2014-12-31; 2015=2015-01-01..2015-12-31; 2016=2016-01-01..2016-12-31"},
		{"it will_AUX last_VERB:Inf three days . on Sunday , the 2nd", "Sunday , the 2nd=2025-02-02"},
		{"in the 1970 s", "the 1970 s=1970-01-01..1979-12-31"},
		{"by 2150 , with 2150 cases", "by 2150=2025-02-12..2150-12-31"},
		{"first in March 2024 , a March 2024 vote", "March 2024=2024-03-01..2024-03-31; March 2024=2024-03-01..2024-03-31"},
	})
}

func TestWeeks(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"the first week of March 2024", "the first week of March 2024=2024-03-04..2024-03-10"},
		{"the last week of March 2026", "the last week of March 2026=2026-03-23..2026-03-29"},
		{"week 1 of 2026 , week 9 of this year , in Week 3", "week 1 of 2026=2025-12-29..2026-01-04; week 9 of this year=2025-02-24..2025-03-02"},
		{"in week 9 they_PRON met_VERB:Past , in week 9 of the war_NOUN , in Week 9 , week 9 games_NOUN", "week 9=2025-02-24..2025-03-02"},
		{"this working week , week beginning 3 March , the remaining of the week", "this working week=2025-02-10..2025-02-14; week beginning 3 March=2025-03-03..2025-03-09; the remaining of the week=2025-02-12..2025-02-16"},
		{"born on 15 April of 87 , on 15 April of 87 men_NOUN , as late as tomorrow", "15 April of 87=1987-04-15; 15 April=2024-04-15; as late as tomorrow=2025-02-12..2025-02-13"},
		{"the second last week of 2024", "the second last week of 2024=2024-12-16..2024-12-22"},
		{"the week starting on 3 February , the week of the 3rd", "the week starting on 3 February=2025-02-03..2025-02-09; the week of the 3rd=2025-02-03..2025-02-09"},
		{"the week after next , the year before last", "the week after next=2025-02-24..2025-03-02; the year before last=2023-01-01..2023-12-31"},
		{"the end of last week , mid-week , early next week", "the end of last week=2025-02-07..2025-02-09; early next week=2025-02-17..2025-02-19"},
		{"over Labor Day weekend , the weekend of Christmas 2024", "Labor Day weekend=2024-08-31..2024-09-02; the weekend of Christmas 2024=2024-12-25..2024-12-29"},
		{"Tuesday three weeks from now , three weeks ago on Friday", "Tuesday three weeks from now=2025-03-04; three weeks ago on Friday=2025-01-24"},
		{"Thursday after next", "Thursday after next=2025-02-20"},
		{"Sat 8 Feb , The Sun said_VERB:Past", "Sat 8 Feb=2025-02-08"},
	})
}

func TestRanges(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"from 2014 to 2018", "from 2014 to 2018=2014-01-01..2018-12-31"},
		{"in 2014 – 18 he ruled_VERB:Past", "2014 – 18=2014-01-01..2018-12-31"},
		{"the 2014 / 15 season", "2014 / 15=2014-01-01..2015-12-31"},
		{"from the end of 2021 to the middle of 2023", "from the end of 2021 to the middle of 2023=2022-01-01..2023-07-01"},
		{"between the middle of March 2024 and the start of May 2024", "between the middle of March 2024 and the start of May 2024=2024-03-16..2024-04-30"},
		{"from 2014 to late 2018 , from early May 2024 to June 2024", "from 2014 to late 2018=2014-01-01..2018-12-31; from early May 2024 to June 2024=2024-05-01..2024-06-30"},
		{"in Jan-Feb 2020", "Jan-Feb 2020=2020-01-01..2020-02-29"},
		{"before the end of this year", "before the end of this year=..2025-12-31"},
		{"war ( 1939 – 1945 )", "1939 – 1945=1939-01-01..1945-12-31"},
		{"between May and July", "between May and July=2024-05-01..2024-07-31"},
		{"from November to February", "from November to February=2024-11-01..2025-02-28"},
		{"12 – 15 March", "12 – 15 March=2025-03-12..2025-03-15"},
		{"between 12 and 15 March 2024", "between 12 and 15 March 2024=2024-03-12..2024-03-15"},
		{"March 12 - 15 , 2024", "March 12 - 15 , 2024=2024-03-12..2024-03-15"},
		{"from March 28 to April 3 , 2024", "from March 28 to April 3 , 2024=2024-03-28..2024-04-03"},
		{"12 , 13 and 14 March 2024", "12 , 13 and 14 March 2024=2024-03-12..2024-03-14"},
		{"January and February 2020", "January=2020-01-01..2020-01-31; February 2020=2020-02-01..2020-02-29"},
		{"from Sunday to Tuesday he rested_VERB:Past", "from Sunday to Tuesday=2025-02-09..2025-02-11"},
		{"since last summer", "since last summer=2024-06-01..2025-02-12"},
		{"since Monday", "since Monday=2025-02-10..2025-02-12"},
		{"he will_AUX rest_VERB:Inf since August", "since August=2024-08-01..2025-02-12"},
		{"since 2027", "since 2027=2027-01-01.."},
		{"it dates back to 1873", "1873=1873-01-01..1873-12-31"},
		{"from 2014 to the present , 2014 - now . between now and_CCONJ May 2025", "from 2014 to the present=2014-01-01..2025-02-12; 2014 - now=2014-01-01..2025-02-12; between now and May 2025=2025-02-12..2025-05-31"},
		{"2026 or later . 1 May 2024 and before . later than 2026", "2026 or later=2026-01-01..; 1 May 2024 and before=..2024-05-01; later than 2026=2027-01-01.."},
		{"talks starting_VERB on 3 March 2025", "starting on 3 March 2025=2025-03-03.."},
		{"from the beginning_NOUN until today", "until today=..2025-02-12"},
		{"for 10 days from 3 March 2025 . a week beginning tomorrow", "10 days from 3 March 2025=2025-03-03..2025-03-12; a week beginning tomorrow=2025-02-13..2025-02-19"},
		{"on Monday to present_VERB:Inf it , from 2019-March 2020", "Monday=2025-02-10; from 2019-March 2020=2019-01-01..2020-03-31"},
		{"at the end of the 20th century", "the end of the 20th century=1983-05-02..1999-12-31"},
		{"in 2015 through 3 June 2019", "2015 through 3 June 2019=2015-01-01..2019-06-03"},
		{"three years from 2005 to 2008", "from 2005 to 2008=2005-01-01..2008-12-31"},
		{"from next Tuesday to Thursday", "from next Tuesday to Thursday=2025-02-18..2025-02-20"},
		{"the rest of the year , the year to date", "the rest of the year=2025-02-12..2025-12-31; the year to date=2025-01-01..2025-02-12"},
		{"by year - end , at the year 's end , end of month", "by year - end=2025-02-12..2025-12-31; the year 's end=2025-09-01..2025-12-31; end of month=2025-02-16..2025-02-28"},
		{"until 31 January 2027", "until 31 January 2027=..2027-01-31"},
		{"by 2030", "by 2030=2025-02-12..2030-12-31"},
		{"before 2001", "before 2001=..2000-12-31"},
		{"after 15 March 2024", "after 15 March 2024=2024-03-16.."},
		{"after Tuesday 's vote", "Tuesday=2025-02-11"},
		{"following Tuesday 's vote", "Tuesday=2025-02-11"},
		{"the 1 October protests", "1 October=2024-10-01"},
	})
}

func TestRelative(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"warned_VERB:Past last week", "last week=2025-02-03..2025-02-09"},
		{"spoke_VERB:Past in the past week", "the past week=2025-02-05..2025-02-12"},
		{"next month", "next month=2025-03-01..2025-03-31"},
		{"this year", "this year=2025-01-01..2025-12-31"},
		{"last March", "last March=2024-03-01..2024-03-31"},
		{"last winter", "last winter=2023-12-01..2024-02-29"},
		{"last night , yesterday morning , tomorrow", "last night=2025-02-11; yesterday morning=2025-02-11; tomorrow=2025-02-13"},
		{"overnight", "overnight=2025-02-11..2025-02-12"},
		{"earlier this month", "earlier this month=2025-02-01..2025-02-11"},
		{"later this year", "later this year=2025-02-12..2025-12-31"},
		{"late last month", "late last month=2025-01-16..2025-01-31"},
		{"by the end of the month", "by the end of the month=2025-02-12..2025-02-28"},
		{"in recent days", "recent days=2025-02-08..2025-02-12"},
		{"for the past three and a half years", "the past three and a half years=2021-08-12..2025-02-12"},
		{"over the next six months", "the next six months=2025-02-13..2025-08-12"},
		{"over the last 48 hours", "the last 48 hours=2025-02-11..2025-02-12"},
		{"two days ago", "two days ago=2025-02-10"},
		{"three years ago", "three years ago=2021-11-13..2022-05-14"},
		{"a few days ago", "a few days ago=2025-02-06..2025-02-11"},
		{"two weeks from now", "two weeks from now=2025-02-26"},
		{"the strip has_AUX:Pres been closed_VERB:Part for two years", "two years=2023-02-12..2025-02-12"},
		{"the court will_AUX rule_VERB:Inf in two weeks", "two weeks=2025-02-26"},
		{"the court ruled_VERB:Past in two weeks", ""},
		{"on Monday next week", "Monday next week=2025-02-17"},
		{"next week on Tuesday", "next week on Tuesday=2025-02-18"},
		{"this Monday , this Friday", "this Monday=2025-02-10; this Friday=2025-02-14"},
		{"last Wednesday , last Tuesday , last Monday", "last Wednesday=2025-02-05; last Tuesday=2025-02-04; last Monday=2025-02-10"},
		{"this past Tuesday", "this past Tuesday=2025-02-11"},
		{"next Friday , next Sunday , the coming Friday", "next Friday=2025-02-21; next Sunday=2025-02-16; the coming Friday=2025-02-14"},
		{"next 9 June , last 9 June", "next 9 June=2025-06-09; last 9 June=2024-06-09"},
		{"the two past years , over the last two quarters , the next three quarters", "the two past years=2023-02-12..2025-02-12; the last two quarters=2024-07-01..2024-12-31; the next three quarters=2025-04-01..2025-12-31"},
		{"within_ADP the next five working days", "the next five working days=2025-02-13..2025-02-19"},
		{"within_ADP two months . in the coming two weeks", "the coming two weeks=2025-02-13..2025-02-26"},
		{"he will_AUX return_VERB within_ADP two months", "two months=2025-02-12..2025-04-11"},
		{"two years and three months ago", "two years and three months ago=2022-11-05..2022-11-19"},
		{"three months after 5 March 2024", "three months after 5 March 2024=2024-06-05"},
		{"on 3 March 2024 . the previous two days", "3 March 2024=2024-03-03; the previous two days=2024-03-01..2024-03-03"},
	})
}

func TestTense(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"the army struck_VERB:Past on Tuesday", "Tuesday=2025-02-11"},
		{"the army struck_VERB:Past on Wednesday", "Wednesday=2025-02-12"},
		{"the envoy will_AUX leave_VERB:Inf on Tuesday", "Tuesday=2025-02-18"},
		{"the envoy plans_VERB:Pres to_PART leave_VERB:Inf on Saturday", "Saturday=2025-02-15"},
		{"the talks begins_VERB:Pres on Thursday", "Thursday=2025-02-13"},
		{"the summit takes_VERB:Pres place on Thursday .", "Thursday=2025-02-13"},
		{"envoy drops_VERB:Pres plan on Thursday", "Thursday=2025-02-06"},
		{"the vote , scheduled_VERB:Part for Sunday", "Sunday=2025-02-16"},
		{"he left_VERB:Past in November", "November=2024-11-01..2024-11-30"},
		{"he will_AUX leave_VERB:Inf in November", "November=2025-11-01..2025-11-30"},
		{"he left_VERB:Past on 20 March", "20 March=2024-03-20"},
		{"he will_AUX leave_VERB:Inf on 3 January", "3 January=2025-01-03"},
	})
}

// TestHeadline wants the infinitive of a headline to look ahead.
func TestHeadline(t *testing.T) {
	d := document("2025-02-12", "Iran to_AUX hold_VERB:Inf talks on Thursday")
	d.Arcs[2].Rel = "root"
	if got := show(d, load(t).Find(d)); got != "Thursday=2025-02-13" {
		t.Error(got)
	}
}

// TestFor wants what is called for a day to be on the next of that name.
func TestFor(t *testing.T) {
	d := document("2025-02-12", "they called_VERB:Past protests for_ADP Sunday")
	d.Arcs[3].Head, d.Arcs[3].Rel = 4, "case"
	if got := show(d, load(t).Find(d)); got != "Sunday=2025-02-16" {
		t.Error(got)
	}
}

// TestSaid wants the present tense of who says something to be no plan.
func TestSaid(t *testing.T) {
	d := document("2025-02-12", "the envoy notes_VERB:Pres it on Thursday .")
	d.Attributions = []dragoman.Attribution{{CueHead: 2}}
	if got := show(d, load(t).Find(d)); got != "Thursday=2025-02-06" {
		t.Error(got)
	}
}

func TestTold(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"on 3 March 2024 . the day before . the next day . two days later", "3 March 2024=2024-03-03; the day before=2024-03-02; the next day=2024-03-04; two days later=2024-03-06"},
		{"on 3 March 2024 . on the same day", "3 March 2024=2024-03-03; the same day=2024-03-03"},
		{"in 2014 . the following year . that year", "2014=2014-01-01..2014-12-31; the following year=2015-01-01..2015-12-31; that year=2015-01-01..2015-12-31"},
		{"on 3 March 2024 . the following Tuesday", "3 March 2024=2024-03-03; the following Tuesday=2024-03-05"},
		{"in January . the same month a year ago", "January=2025-01-01..2025-01-31; the same month a year ago=2024-01-01..2024-01-31"},
		{"in February . the same period last year", "February=2025-02-01..2025-02-28; the same period last year=2024-02-01..2024-02-29"},
		{"two days after 3 March 2024", "two days after 3 March 2024=2024-03-05"},
		{"the next day he left_VERB:Past", "the next day=?"},
		{"two days after the vote", ""},
	})
}

func TestHolidays(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"at Christmas", "Christmas=2024-12-25"},
		{"on Christmas Eve 2019", "Christmas Eve 2019=2019-12-24"},
		{"on New Year 's Day", "New Year 's Day=2025-01-01"},
		{"Easter 2024 , Easter 2025 , Easter 2038", "Easter 2024=2024-03-31; Easter 2025=2025-04-20; Easter 2038=2038-04-25"},
		{"Orthodox Easter 2024", "Orthodox Easter 2024=2024-05-05"},
		{"Good Friday 2024", "Good Friday 2024=2024-03-29"},
		{"Thanksgiving 2024", "Thanksgiving 2024=2024-11-28"},
		{"Eid al-Fitr 2024", "Eid al-Fitr 2024=2024-04-10..2024-04-12"},
		{"Ramadan 2024", "Ramadan 2024=2024-03-11..2024-04-09"},
		{"Ramadan 1950", "Ramadan 1950=?"},
		{"blamed for the September 11 attacks", "the September 11=2001-09-11"},
		{"after 9/11", "after 9/11=2001-09-12.."},
		{"on the eve of Nowruz 2024", "the eve of Nowruz 2024=2024-03-19"},
		{"two days after Christmas", "two days after Christmas=2024-12-27"},
		{"at Passover 2024 , on Yom Kippur 2024 , on Whit Monday 2024", "Passover 2024=2024-04-23..2024-04-29; Yom Kippur 2024=2024-10-12; Whit Monday 2024=2024-05-20"},
		{"at christmas", "christmas=2024-12-25"},
		{"in the new year , new year 's food", ""},
	})
}

func TestNoDates(t *testing.T) {
	expect(t, "2025-02-12", [][2]string{
		{"it may_AUX rain_VERB:Inf , they march_VERB:Pres a second time", ""},
		{"May said_VERB:Past so", ""},
		{"a 50 - year - old man , a 50-year-old man", ""},
		{"a three - year plan for two hours", ""},
		{"2000 people and $ 2014", ""},
		{"some 1990 cars", ""},
		{"every Friday , Jan Novak", ""},
		{"flight 2015 , room 2010", ""},
		{"call 555 - 2014", ""},
		{"in 300 BC , in 1500 BC", ""},
		{"the day of reckoning , the last day of the war", ""},
		{"the population rose_VERB:Past to 2000", ""},
	})
}

func TestWithoutPublication(t *testing.T) {
	expect(t, "", [][2]string{
		{"last week and on Tuesday and in March", "last week=?; Tuesday=?; March=?"},
		{"for the past three years", "the past three years=?"},
		{"since 2019", "since 2019=2019-01-01.."},
		{"on 3 March and 4 March 2024", "3 March=?; 4 March 2024=2024-03-04"},
		{"at Christmas", "Christmas=?"},
	})
}

// A user's words and feasts are laid over the embedded ones.
func TestLoadFaults(t *testing.T) {
	const dates, numbers, feasts = "kind\twords\tvalue\n", "word\tmin\tmax\n", "words\trule\tvalue\tdays\n"
	for name, c := range map[string][3]string{
		"kind":    {dates + "wekday\tmonday\t1\n", numbers, feasts},
		"value":   {dates + "weekday\tmonday\tx\n", numbers, feasts},
		"rule":    {dates, numbers, feasts + "feast\tmoon\t1\t1\n"},
		"days":    {dates, numbers, feasts + "feast\tfixed\t1,1\t0\n"},
		"numbers": {dates, numbers, feasts + "feast\tfixed\t1\t1\n"},
		"table":   {dates, numbers, feasts + "feast\ttable\tsoon\t1\n"},
		"min":     {dates, numbers + "ten\tx\t\n", feasts},
	} {
		_, err := date.Load(fstest.MapFS{"en/dates.tsv": {Data: []byte(c[0])}, "en/numbers.tsv": {Data: []byte(c[1])}, "en/holidays.tsv": {Data: []byte(c[2])}})
		if err == nil || !strings.Contains(err.Error(), ".tsv:2: ") {
			t.Errorf("%s: %v: no fault that names its line", name, err)
		}
	}
}

// What a hostile text repeats is read to its end: were reading quadratic in it, the
// tests would never come to theirs.
func TestRepeated(t *testing.T) {
	f := load(t)
	for _, unit := range []string{"the first half of ", "about ", "1 , ", "from ", "two days after ", "the eve of ", "March ", "and a half ",
		"2014 - ", "the last week of the ", "since ", "earlier in the ", "a ", "the year ", "of ",
		"10/1-", "starting on ", "2 weeks and ", "the rest of ", "the weekend of ", "between now and ", "Monday two weeks ", "3 days from ", "the second last week of "} {
		d := document("2025-02-12", strings.Repeat(unit, 10000))
		for _, x := range f.Find(d) {
			if x.First >= x.End || x.End > len(d.Tokens) {
				t.Errorf("%q repeated: a date of tokens %d..%d", unit, x.First, x.End)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	finder := load(f)
	for _, s := range []string{"on 3 March 2024", "the day after the 12th of March , 2019", "from 9999 to 0000", "99 centuries ago , the 999th century",
		"mid-'90s - 2025-13-40", "Eid al-Fitr 2030 ’s", "29 February", "the last 999 decades", "January 31 and half a year later",
		"on 7/Oct/24 - 2/29", "999 working days ago , Sat 31", "from the 31st to the 30th of February 1", "week 53 of 9999"} {
		f.Add(s, int32(20131))
		f.Add(s, int32(-2147483648))
	}
	f.Fuzz(func(t *testing.T, s string, published int32) {
		d := document("", s)
		if p := dragoman.Day(published); p == dragoman.NoDay || p > -700000 && p < 2900000 {
			d.Published = p
		}
		end := 0
		for _, x := range finder.Find(d) {
			if x.First < end || x.End <= x.First || x.End > len(d.Tokens) {
				t.Fatalf("%q: tokens %d..%d after %d", s, x.First, x.End, end)
			}
			if x.Start != d.Tokens[x.First].Start || x.Span.End != d.Tokens[x.End-1].End {
				t.Fatalf("%q: the span is not that of the tokens", s)
			}
			if x.From != dragoman.NoDay && x.To != dragoman.NoDay && x.From > x.To {
				t.Fatalf("%q: %s..%s", s, x.From, x.To)
			}
			end = x.End
		}
	})
}

func BenchmarkFind(b *testing.B) {
	f := load(b)
	d := document("2025-02-12", strings.Repeat("the army struck_VERB:Past the town near the border on 3 March 2024 and its soldiers left_VERB:Past last week . ", 500))
	b.ReportAllocs()
	for b.Loop() {
		f.Find(d)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
