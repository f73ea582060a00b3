package exchange

import (
	"cmp"
	"slices"
	"strings"

	"dragoman"
)

// This file declares our own tables. The names that the tables of web's exports and
// of dragoman events have are the same there, in the same order, before those that
// only stand here.

// eventRow is an event with what names it in the tables.
type eventRow struct {
	*dragoman.Record
	number, article int64
	book            *Codebook
}

// partyRow is an actor in a row: alone, of an event, or of a claim.
type partyRow struct {
	*dragoman.Party
	provider string
	number   int64 // of the event or claim
	role     string
	position int
	book     *Codebook
}

// These are the rows of the other tables.
type (
	claimRow struct {
		*dragoman.Claim
		number, article int64
	}
	tieRow struct {
		*dragoman.Standing
		number, article int64
	}
	articleRow struct {
		*dragoman.Entry
		number int64
	}
)

type (
	eventColumn   = tableColumn[*eventRow]
	partyColumn   = tableColumn[*partyRow]
	claimColumn   = tableColumn[*claimRow]
	tieColumn     = tableColumn[*tieRow]
	articleColumn = tableColumn[*articleRow]
	placeColumn   = tableColumn[*dragoman.Locale]
)

const (
	noPlace    = "no place is told"
	noSource   = "an outlet tells it itself"
	noFigure   = "no such figure is told"
	noArticle  = "the article is not known"
	noCountry  = "of none, or of several"
	unknownDay = "it is not known"
)

var eventTable = tableOf[*eventRow]{"events", "One row an event: all reports of it, as the surest tells it.", []eventColumn{
	{heading{"event", ofWhole, "", "", "number of the event in the database; without a database, of the row. With `provider` it is unique"},
		func(r *eventRow) cell { return wholeCell(r.number) }},
	{heading{"day", ofDay, "", "neither the day nor that of publication is known", "the day that it counts for: as told, else the day of publication"},
		func(r *eventRow) cell { return dayCell(r.Day) }},
	{heading{"status", ofText, "", "", "happened, ongoing, planned, hypothetical, negated or denied"},
		func(r *eventRow) cell { return textCell(string(r.Status)) }},
	{heading{"type", ofText, "", "", "what is done: one of PLOVER's sixteen types, or STATEMENT, whether it was done or not"},
		func(r *eventRow) cell { return textCell(r.Type) }},
	{heading{"mode", ofList, "", "", "how it is done, in PLOVER's modes; for THREATEN, REQUEST and REJECT what it is about"},
		func(r *eventRow) cell { return listCell(r.Modes) }},
	{heading{"cameo", ofText, "", "only the type is known", "code of CAMEO"},
		func(r *eventRow) cell { return textCell(r.CAMEO) }},
	{heading{"quad", ofText, "", "the type is in none of them", "verbal-cooperation, material-cooperation, verbal-conflict or material-conflict"},
		func(r *eventRow) cell { return textCell(r.Quad) }},
	{heading{"tone", ofWhole, "-2 to 2", "", "-2 material conflict, -1 verbal conflict, 0 neutral, 1 verbal cooperation, 2 material cooperation"},
		func(r *eventRow) cell { return wholeCell(r.Tone) }},
	{heading{"actors", ofList, "", "", "names of those who do it; all sides where they do it together"}, names(acting)},
	{heading{"actor_ids", ofList, "", "", "their ids, in the same order, as all lists of actors; `actors` has one row for each"}, partyIDs(acting)},
	{heading{"recipients", ofList, "", "", "names of those to whom it is done"}, names(receiving)},
	{heading{"recipient_ids", ofList, "", "", "their ids"}, partyIDs(receiving)},
	{heading{"place", ofText, "", noPlace, "name of the place"},
		func(r *eventRow) cell { return knownCell(r.Place.ID != "", textCell(r.Place.Name)) }},
	{heading{"country", ofText, "", noPlace + ", or it is in no one country", "country of the place, ISO 3166-1 alpha-3"},
		func(r *eventRow) cell { return textCell(r.Place.Country) }},
	{heading{"lat", ofNumber, "degrees north, WGS 84", "it is not known where the place is", "latitude of the place, of a country or region its rough centre"},
		func(r *eventRow) cell { return knownCell(r.Place.Located, numberCell(r.Place.Lat)) }},
	{heading{"lon", ofNumber, "degrees east, WGS 84", "it is not known where the place is", "longitude of the place"},
		func(r *eventRow) cell { return knownCell(r.Place.Located, numberCell(r.Place.Lon)) }},
	{heading{"source", ofText, "", noSource, "who claims it: the innermost source"},
		func(r *eventRow) cell { return textCell(r.Source.Name()) }},
	{heading{"source_id", ofText, "", noSource + ", or nobody known claims it", "id of the source"},
		func(r *eventRow) cell { return textCell(r.Source.Actor.ID) }},
	{heading{"evidence", ofText, "", "the provider gives none", "the clause that tells it"},
		func(r *eventRow) cell { return textCell(r.Evidence) }},
	{heading{"articles", ofWhole, "articles", "", "how many tell it"},
		func(r *eventRow) cell { return wholeCell(r.Articles) }},
	{heading{"outlets", ofWhole, "outlets", "", "how many tell it"},
		func(r *eventRow) cell { return wholeCell(r.Outlets) }},
	{heading{"origins", ofWhole, "outlets and agencies", "", "how many tell it independently of each other; of what is only claimed, no more than sources"},
		func(r *eventRow) cell { return wholeCell(r.Origins) }},
	{heading{"sources", ofWhole, "sources", "", "how many different sources claim it; 0 where outlets tell it themselves, or whoever utters it"},
		func(r *eventRow) cell { return wholeCell(r.Sources) }},
	{heading{"confidence", ofNumber, "0 to 1", "the provider gives none", "how sure the reading of the surest report is; calibrated"},
		func(r *eventRow) cell {
			return knownCell(r.Provider == "" || r.Confidence > 0, numberCell(r.Confidence))
		}},
	{heading{"from", ofDay, "", "the text does not tell it; beside a last day, it was done some day up to that", "the first day that it may have been on, as told; inclusive"},
		func(r *eventRow) cell { return dayCell(r.From) }},
	{heading{"to", ofDay, "", "the text does not tell it", "the last, inclusive"},
		func(r *eventRow) cell { return dayCell(r.To) }},
	{heading{"article", ofWhole, "", noArticle, "number of the article that tells it so: `articles`"},
		func(r *eventRow) cell { return knownCell(r.article != 0, wholeCell(r.article)) }},
	{heading{"outlet", ofText, "", unknownDay, "outlet of that article"},
		func(r *eventRow) cell { return textCell(r.Told.Outlet) }},
	{heading{"published", ofDay, "", unknownDay, "day that it was published"},
		func(r *eventRow) cell { return dayCell(r.published()) }},
	{heading{"url", ofText, "", unknownDay, "its address"},
		func(r *eventRow) cell { return textCell(r.Told.URL) }},
	{heading{"title", ofText, "", "it has none", "its title"},
		func(r *eventRow) cell { return textCell(r.Told.Title) }},

	{heading{"fact", ofTruth, "", "", "it was done, or goes on, and an outlet tells it itself: neither a claim, a plan nor a denial"},
		func(r *eventRow) cell { return truthCell(r.Fact()) }},
	{heading{"plover", ofText, "", "PLOVER has no such type", "the type as PLOVER folds what is only planned: a planned visit is AGREE"},
		func(r *eventRow) cell { return textCell(r.book.Fold(r.Type, r.Status)) }},
	{heading{"score", ofNumber, "-10 to 10", "the type is not of this ontology", "PLOVER's score of the type"}, score},
	{heading{"goldstein", ofNumber, "-10 to 10", "there is no code of CAMEO", "Goldstein's score of the code of CAMEO, or of that of the type"}, goldstein},
	{heading{"contexts", ofList, "", "", "what it is about, in PLOVER's contexts"},
		func(r *eventRow) cell { return listCell(r.Contexts) }},
	{heading{"dated", ofTruth, "", "", "the text tells the day, or at least the week"},
		func(r *eventRow) cell { return truthCell(r.Dated) }},
	{heading{"mutual", ofTruth, "", "", "several actors do it with each other, where there are no recipients"},
		func(r *eventRow) cell { return truthCell(r.Mutual && len(r.Recipients) == 0) }},
	{heading{"first", ofDay, "", unknownDay, "the earliest day of publication among its reports"},
		func(r *eventRow) cell { return dayCell(r.First) }},
	{heading{"reports", ofWhole, "tellings", "", "how often it is told"},
		func(r *eventRow) cell { return wholeCell(r.Reports) }},
	{heading{"actor_kinds", ofList, "", "", "what each actor is: state, government, person …"}, kindsOf(acting)},
	{heading{"actor_countries", ofList, "", "", "country of each, ISO 3166-1 alpha-3; an empty item where it has none"}, countries(acting)},
	{heading{"actor_cameo", ofList, "", "", "code of CAMEO of each; an empty item where it has none"}, codes(acting)},
	{heading{"actor_for", ofList, "", "", "id of whom each acts for, the nearest: its group, its state; an empty item where for nobody"}, actsFor(acting)},
	{heading{"actor_states", ofList, "", "", "the state that each is or acts for, ISO 3166-1 alpha-3; an empty item where there is none, as of rebels"}, states(acting)},
	{heading{"recipient_kinds", ofList, "", "", "the same of recipients"}, kindsOf(receiving)},
	{heading{"recipient_countries", ofList, "", "", "the same of recipients"}, countries(receiving)},
	{heading{"recipient_cameo", ofList, "", "", "the same of recipients"}, codes(receiving)},
	{heading{"recipient_for", ofList, "", "", "the same of recipients"}, actsFor(receiving)},
	{heading{"recipient_states", ofList, "", "", "the same of recipients"}, states(receiving)},
	{heading{"place_id", ofText, "", noPlace, "id of the place: `places`"},
		func(r *eventRow) cell { return textCell(r.Place.ID) }},
	{heading{"place_kind", ofText, "", noPlace, "what the place is: country, admin1, settlement …"},
		func(r *eventRow) cell { return textCell(r.Place.Kind) }},
	{heading{"source_text", ofText, "", noSource + ", or without words for the source", "the words for the source: a ministry spokesman"},
		func(r *eventRow) cell { return textCell(r.Source.Text) }},
	{heading{"anonymous", ofTruth, "", "", "the source is not named"},
		func(r *eventRow) cell { return truthCell(r.Source.Anonymous) }},
	{heading{"origin", ofText, "", unknownDay, "outlet or agency that tells it first-hand, as far as is known"},
		func(r *eventRow) cell { return textCell(r.Origin) }},
	{heading{"words", ofText, "", "the provider gives none", "the words that tell it, within the evidence"},
		func(r *eventRow) cell { return textCell(r.Words) }},
	{heading{"killed_min", ofWhole, "people", noFigure, "how many were killed, at least"}, least("killed")},
	{heading{"killed_max", ofWhole, "people", noFigure + ", or it is open", "at most"}, most("killed")},
	{heading{"injured_min", ofWhole, "people", noFigure, "how many were injured, at least"}, least("injured")},
	{heading{"injured_max", ofWhole, "people", noFigure + ", or it is open", "at most"}, most("injured")},
	{heading{"captured_min", ofWhole, "people", noFigure, "how many were captured or arrested, at least"}, least("captured")},
	{heading{"captured_max", ofWhole, "people", noFigure + ", or it is open", "at most"}, most("captured")},
	{heading{"crowd_min", ofWhole, "people", noFigure, "how many took part, at least"}, least("crowd")},
	{heading{"crowd_max", ofWhole, "people", noFigure + ", or it is open", "at most"}, most("crowd")},
	{heading{"provider", ofText, "", "this program", "who coded it"},
		func(r *eventRow) cell { return textCell(r.Provider) }},
	{heading{"id", ofText, "", "there is none", "id of the event with its provider; of this program, in the reading of the article"},
		func(r *eventRow) cell { return textCell(r.id()) }},
}}

// partyColumns are those of every table of actors.
var partyColumns = []partyColumn{
	{heading{"actor", ofText, "", "it has none", "id of the actor; it begins with `new:` where it was made from the name, with `cameo:` where only another provider knows it"},
		func(r *partyRow) cell { return textCell(r.ID) }},
	{heading{"name", ofText, "", "it has none", "its name"},
		func(r *partyRow) cell { return textCell(r.Name) }},
	{heading{"kind", ofText, "", "", "state, government, organisation, armed_group, party, igo, ngo, company, media, person, people or unknown"},
		func(r *partyRow) cell { return textCell(cmp.Or(r.Kind, "unknown")) }},
	{heading{"title", ofText, "", "no office is told", "office, of a person"},
		func(r *partyRow) cell { return textCell(r.Title) }},
	{heading{"named", ofTruth, "", "", "it has a name of its own: \"a security official\" has none"},
		func(r *partyRow) cell { return truthCell(r.Named) }},
	{heading{"country", ofText, "", noCountry, "ISO 3166-1 alpha-3"},
		func(r *partyRow) cell { return textCell(r.Country) }},
	{heading{"sectors", ofList, "", "", "PLOVER's sectors, the most specific last"},
		func(r *partyRow) cell { return listCell(r.Sectors) }},
	{heading{"cameo", ofText, "", "CAMEO has none for it", "code of CAMEO"},
		func(r *partyRow) cell { return textCell(r.book.Actor(r.Party)) }},
	{heading{"wikidata", ofText, "", unknownDay, "number in Wikidata: Q889"},
		func(r *partyRow) cell { return textCell(r.Wikidata) }},
	{heading{"acts_for", ofList, "", "", "ids of those it acts for, the nearest first: its group, its state"},
		func(r *partyRow) cell {
			return listCell(each(r.Principals, func(p *dragoman.Party) string { return p.ID }))
		}},
	{heading{"state", ofText, "", "it is none and acts for none", "the state that it is or acts for, ISO 3166-1 alpha-3"},
		func(r *partyRow) cell { return textCell(stateOf(r.Party)) }},
}

var partyTable = tableOf[*partyRow]{"parties", "One row for each actor and each recipient of an event.", append([]partyColumn{
	{heading{"provider", ofText, "", "this program", "who coded the event"},
		func(r *partyRow) cell { return textCell(r.provider) }},
	{heading{"event", ofWhole, "", "", "number of the event: `events`"},
		func(r *partyRow) cell { return wholeCell(r.number) }},
	{heading{"role", ofText, "", "", "actor or recipient"},
		func(r *partyRow) cell { return textCell(r.role) }},
	{heading{"position", ofWhole, "", "", "its place among the actors, or recipients, of the event; from 1"},
		func(r *partyRow) cell { return wholeCell(r.position) }},
}, partyColumns...)}

var actorTable = tableOf[*partyRow]{"actors", "Each actor of the other tables once, as it is first met.", append(slices.Clone(partyColumns),
	partyColumn{heading{"aliases", ofList, "", "", "other names of it that are met"},
		func(r *partyRow) cell { return listCell(r.Aliases) }})}

var aboutTable = tableOf[*partyRow]{"about", "One row for each actor whom a claim is about.", append([]partyColumn{
	{heading{"claim", ofWhole, "", "", "number of the claim: `claims`"},
		func(r *partyRow) cell { return wholeCell(r.number) }},
	{heading{"position", ofWhole, "", "", "its place among those; from 1"},
		func(r *partyRow) cell { return wholeCell(r.position) }},
}, partyColumns...)}

var claimTable = tableOf[*claimRow]{"claims", "One row for each thing that a source says, as one article tells it, of somebody who is known.", []claimColumn{
	{heading{"claim", ofWhole, "", "", "number of the claim in the database; without a database, of the row"},
		func(r *claimRow) cell { return wholeCell(r.number) }},
	{heading{"published", ofDay, "", unknownDay, "day of publication of the article"},
		func(r *claimRow) cell { return dayCell(r.Published) }},
	{heading{"source", ofText, "", "", "who says it"},
		func(r *claimRow) cell { return textCell(r.Source.Name()) }},
	{heading{"source_id", ofText, "", "nobody known says it", "id of the source"},
		func(r *claimRow) cell { return textCell(r.Source.Actor.ID) }},
	{heading{"stance", ofText, "", "", "asserts, denies, warns, promises, asks, doubts or declines"},
		func(r *claimRow) cell { return textCell(r.Stance) }},
	{heading{"manner", ofText, "", "", "quote, paraphrase or mixed"},
		func(r *claimRow) cell { return textCell(r.Manner) }},
	{heading{"content", ofText, "", "", "what is said; of long ones the beginning"},
		func(r *claimRow) cell { return textCell(r.Content) }},
	{heading{"article", ofWhole, "", noArticle, "number of the article: `articles`"},
		func(r *claimRow) cell { return knownCell(r.article != 0, wholeCell(r.article)) }},
	{heading{"id", ofText, "", "there is none", "id of the attribution in the reading of the article"},
		func(r *claimRow) cell { return ordinalCell("a", r.Ordinal) }},
	{heading{"source_text", ofText, "", "there are none", "the words for the source"},
		func(r *claimRow) cell { return textCell(r.Source.Text) }},
	{heading{"anonymous", ofTruth, "", "", "the source is not named"},
		func(r *claimRow) cell { return truthCell(r.Source.Anonymous) }},
}}

var tieTable = tableOf[*tieRow]{"ties", "One row for each relation that stands between two, as one article tells it.", []tieColumn{
	{heading{"tie", ofWhole, "", "", "number of the tie in the database; without a database, of the row"},
		func(r *tieRow) cell { return wholeCell(r.number) }},
	{heading{"subject", ofText, "", "", "name of the first"},
		func(r *tieRow) cell { return textCell(r.Subject.Name) }},
	{heading{"subject_id", ofText, "", "", "its id: `actors`"},
		func(r *tieRow) cell { return textCell(r.Subject.ID) }},
	{heading{"relation", ofText, "", "", strings.Join(dragoman.Relations[:len(dragoman.Relations)-1], ", ") + " or related_to"},
		func(r *tieRow) cell { return textCell(r.Relation) }},
	{heading{"object", ofText, "", "", "name of the second"},
		func(r *tieRow) cell { return textCell(r.Object.Name) }},
	{heading{"object_id", ofText, "", "", "its id: `actors`"},
		func(r *tieRow) cell { return textCell(r.Object.ID) }},
	{heading{"role", ofText, "", "the relation is none", "the office or function"},
		func(r *tieRow) cell { return textCell(r.Role) }},
	{heading{"from", ofDay, "", "the text does not tell it", "first day, inclusive"},
		func(r *tieRow) cell { return dayCell(r.From) }},
	{heading{"to", ofDay, "", "it stands, as far as is told", "last day, inclusive"},
		func(r *tieRow) cell { return dayCell(r.To) }},
	{heading{"status", ofText, "", "", "happened, ongoing, planned, hypothetical, negated or denied"},
		func(r *tieRow) cell { return textCell(string(r.Status)) }},
	{heading{"source", ofText, "", noSource, "who claims it"},
		func(r *tieRow) cell { return textCell(r.Source.Name()) }},
	{heading{"source_id", ofText, "", noSource + ", or nobody known claims it", "id of the source"},
		func(r *tieRow) cell { return textCell(r.Source.Actor.ID) }},
	{heading{"evidence", ofText, "", "there is none", "the clause that tells it"},
		func(r *tieRow) cell { return textCell(r.Evidence) }},
	{heading{"confidence", ofNumber, "0 to 1", "", "how sure the reading is; calibrated"},
		func(r *tieRow) cell { return numberCell(r.Confidence) }},
	{heading{"published", ofDay, "", unknownDay, "day of publication of the article"},
		func(r *tieRow) cell { return dayCell(r.Published) }},
	{heading{"article", ofWhole, "", noArticle, "number of the article: `articles`"},
		func(r *tieRow) cell { return knownCell(r.article != 0, wholeCell(r.article)) }},
	{heading{"id", ofText, "", "there is none", "id of the tie in the reading of the article"},
		func(r *tieRow) cell { return ordinalCell("t", r.Ordinal) }},
	{heading{"corrected", ofTruth, "", "", "somebody corrected what was read"},
		func(r *tieRow) cell { return truthCell(r.Corrected) }},
}}

var articleTable = tableOf[*articleRow]{"articles", "One row an article, without its text.", []articleColumn{
	{heading{"article", ofWhole, "", "", "number of the article in the database; without a database, of the row"},
		func(r *articleRow) cell { return wholeCell(r.number) }},
	{heading{"id", ofText, "", "it has none", "as the outlet or the program named it"},
		func(r *articleRow) cell { return textCell(r.ID) }},
	{heading{"published", ofDay, "", unknownDay, "day of publication"},
		func(r *articleRow) cell { return dayCell(r.Published) }},
	{heading{"outlet", ofText, "", unknownDay, "who published it"},
		func(r *articleRow) cell { return textCell(r.Outlet) }},
	{heading{"title", ofText, "", "it has none", "its title"},
		func(r *articleRow) cell { return textCell(r.Title) }},
	{heading{"url", ofText, "", unknownDay, "its address"},
		func(r *articleRow) cell { return textCell(r.URL) }},
	{heading{"language", ofText, "", unknownDay, "ISO 639-1"},
		func(r *articleRow) cell { return textCell(r.Language) }},
	{heading{"origin", ofText, "", "it credits nobody", "whom it is taken from: the agency that it credits"},
		func(r *articleRow) cell { return textCell(r.Origin) }},
	{heading{"copy_of", ofWhole, "", "it is the first of its text", "number of the first article of the same text"},
		func(r *articleRow) cell {
			return knownCell(r.Original != 0 && r.Original != r.number, wholeCell(r.Original))
		}},
	{heading{"version", ofText, "", unknownDay, "of the program and the tables that read it"},
		func(r *articleRow) cell { return textCell(r.Version) }},
	{heading{"added", ofMoment, "", "it is in no database", "when it was stored"},
		func(r *articleRow) cell { return momentCell(r.Added) }},
	{heading{"key", ofText, "", unknownDay, "what makes it this article and no other, in every database"},
		func(r *articleRow) cell { return textCell(r.Key) }},
	{heading{"lead", ofText, "", "it has a title", "how the text begins, where there is no title"},
		func(r *articleRow) cell { return textCell(r.Lead) }},
	{heading{"root", ofText, "", unknownDay, "who tells it first-hand, as far as is known"},
		func(r *articleRow) cell { return textCell(r.Root) }},
}}

var placeTable = tableOf[*dragoman.Locale]{"places", "Each place of the events once, as it is first met.", []placeColumn{
	{heading{"place", ofText, "", "", "id of the place"},
		func(p *dragoman.Locale) cell { return textCell(p.ID) }},
	{heading{"name", ofText, "", "it has none", "its name"},
		func(p *dragoman.Locale) cell { return textCell(p.Name) }},
	{heading{"kind", ofText, "", unknownDay, "country, admin1, admin2, settlement, port, border_crossing, base, water, mountain, region …"},
		func(p *dragoman.Locale) cell { return textCell(p.Kind) }},
	{heading{"country", ofText, "", "it is in no one country", "ISO 3166-1 alpha-3"},
		func(p *dragoman.Locale) cell { return textCell(p.Country) }},
	{heading{"lat", ofNumber, "degrees north, WGS 84", "it is not known where it is", "latitude, of a country or region its rough centre"},
		func(p *dragoman.Locale) cell { return knownCell(p.Located, numberCell(p.Lat)) }},
	{heading{"lon", ofNumber, "degrees east, WGS 84", "it is not known where it is", "longitude"},
		func(p *dragoman.Locale) cell { return knownCell(p.Located, numberCell(p.Lon)) }},
	{heading{"contained_in", ofList, "", "", "ids of the places that it lies in, the nearest first"},
		func(p *dragoman.Locale) cell { return listCell(p.ContainedIn) }},
	{heading{"geonames", ofWhole, "", "it is not known by it", "number in GeoNames"},
		func(p *dragoman.Locale) cell { n := geoNamesID(p); return knownCell(n != 0, wholeCell(n)) }},
}}
