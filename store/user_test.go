package store

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"dragoman"
)

// at is a store whose clock stands where the test puts it.
func at(t *testing.T) (*DB, *time.Time) {
	now := time.Date(2025, 3, 10, 12, 0, 0, 0, time.UTC)
	db := feedStore(t)
	db.now = func() time.Time { return now }
	return db, &now
}

func refused(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the fault is %v, want one with %q", err, want)
	}
}

func addUsers(t *testing.T, db *DB, names ...string) {
	t.Helper()
	for _, n := range names {
		must(t, db.AddUser(t.Context(), n, "hash of "+n))
	}
}

func addToken(t *testing.T, db *DB, k dragoman.AccessToken) (number int64, hash string) {
	t.Helper()
	hash = HashSecret(NewSecret())
	number, err := db.AddToken(t.Context(), k, hash)
	must(t, err)
	return number, hash
}

// holds reports whether a token lets in.
func holds(t *testing.T, db *DB, hash string) (dragoman.AccessToken, bool) {
	t.Helper()
	k, ok, err := db.TokenBy(t.Context(), hash)
	must(t, err)
	return k, ok
}

func TestUsers(t *testing.T) {
	db, now := at(t)
	if has, err := db.HasUsers(t.Context()); has || err != nil {
		t.Errorf("an empty database has users: %v %v", has, err)
	}
	addUsers(t, db, "Jane", "Émile", "bo")
	if has, err := db.HasUsers(t.Context()); !has || err != nil {
		t.Errorf("a database with users has none: %v %v", has, err)
	}
	for _, same := range []string{"Jane", "jANE", "émile", "E\u0301MILE", "ｂｏ"} {
		refused(t, db.AddUser(t.Context(), same, "another"), "already")
		if _, hash, ok, err := db.UserHash(t.Context(), same); !ok || !strings.HasPrefix(hash, "hash of ") || err != nil {
			t.Errorf("%q has the hash %q, found %v, %v", same, hash, ok, err)
		}
	}
	for _, bad := range []string{"", " ", "jane doe", "jane\n", "jane\x00", "\xff"} {
		refused(t, db.AddUser(t.Context(), bad, "hash"), "is no name of a user")
		if u, hash, ok, err := db.UserHash(t.Context(), bad); u.Number != 0 || hash != "" || ok || err != nil {
			t.Errorf("%q is %+v %q %v %v", bad, u, hash, ok, err)
		}
	}
	all, err := db.Users(t.Context())
	must(t, err)
	var names []string
	for _, u := range all {
		names = append(names, u.Name)
		if u.Number == 0 || !u.Made.Equal(*now) {
			t.Errorf("%+v was made at %s", u, now)
		}
	}
	if want := []string{"bo", "Jane", "Émile"}; !slices.Equal(names, want) {
		t.Errorf("the users are %q, want %q", names, want)
	}
}

// TestStamp wants whoever was let in to be seen as another after his password
// has changed, or he was removed and somebody came in his place.
func TestStamp(t *testing.T) {
	db, _ := at(t)
	addUsers(t, db, "jane", "bo")
	stamp := func(name string) string {
		u, _, ok, err := db.UserHash(t.Context(), name)
		if must(t, err); !ok {
			return ""
		}
		return u.Stamp
	}
	first := stamp("jane")
	if first == "" || stamp("JANE") != first || stamp("bo") == first {
		t.Errorf("the stamp is %q, then %q, that of another %q", first, stamp("JANE"), stamp("bo"))
	}
	must(t, db.SetHash(t.Context(), "Jane", "of another password"))
	second := stamp("jane")
	if second == first || second == "" {
		t.Error("another password leaves the stamp as it was")
	}
	must(t, db.RemoveUser(t.Context(), "JANE"))
	if stamp("jane") != "" {
		t.Error("a user who was removed is found")
	}
	must(t, db.AddUser(t.Context(), "jane", "of a third password"))
	if third := stamp("jane"); third == first || third == second {
		t.Error("a new user of the same name has the stamp of the old one")
	}
	refused(t, db.SetHash(t.Context(), "nobody", "hash"), `there is no user "nobody"`)
	refused(t, db.RemoveUser(t.Context(), "nobody"), `there is no user "nobody"`)
}

// TestRemoveUser wants nothing of a user left to a later one of his name.
func TestRemoveUser(t *testing.T) {
	db, now := at(t)
	addUsers(t, db, "jane", "bo")
	read := []dragoman.Scope{dragoman.ScopeRead}
	_, hers := addToken(t, db, dragoman.AccessToken{Name: "hers", User: "jane", Scopes: read})
	_, his := addToken(t, db, dragoman.AccessToken{Name: "his", User: "bo", Scopes: read})
	for _, who := range []string{"jane", "bo"} {
		look(t, db, who, 0, time.Time{})
	}
	began := *now
	*now = now.Add(time.Hour)
	must(t, db.RemoveUser(t.Context(), "Jane"))
	if _, ok := holds(t, db, hers); ok {
		t.Error("the token of a removed user lets in")
	}
	if _, ok := holds(t, db, his); !ok {
		t.Error("the token of another user went too")
	}
	addUsers(t, db, "jane")
	look(t, db, "jane", 0, time.Time{})
	look(t, db, "bo", 0, began)
	if all, err := db.Tokens(t.Context()); len(all) != 1 || all[0].User != "bo" || err != nil {
		t.Errorf("%+v %v", all, err)
	}
}

func TestTokens(t *testing.T) {
	db, now := at(t)
	addUsers(t, db, "Jane")
	secret := NewSecret()
	if len(secret) != len("dgm_")+43 || !strings.HasPrefix(secret, "dgm_") || secret == NewSecret() {
		t.Errorf("a secret is %q", secret)
	}
	want := dragoman.AccessToken{Number: 1, Name: "notebook", User: "Jane", Scopes: []dragoman.Scope{dragoman.ScopeCorrect, dragoman.ScopeRead}, Made: *now, Expires: now.Add(time.Hour)}
	number, hash := addToken(t, db, dragoman.AccessToken{Name: "notebook", User: "jANE", Scopes: want.Scopes, Expires: want.Expires})
	all, err := db.Tokens(t.Context())
	if len(all) != 1 || number != 1 || !alike(&all[0], &want) || err != nil {
		t.Errorf("token %d of %+v, want %+v, %v", number, all, want, err)
	}
	if k, ok := holds(t, db, HashSecret("dgm_")); ok {
		t.Errorf("any secret lets in as %+v", k)
	}
	want.Used = *now
	if k, ok := holds(t, db, hash); !ok || !alike(&k, &want) || !k.May(dragoman.ScopeRead) || k.May(dragoman.ScopeManage) {
		t.Errorf("%+v %v, want %+v", k, ok, want)
	}
	// Its use is written down once a minute.
	for _, used := range []time.Duration{0, time.Minute} {
		*now = want.Made.Add(59*time.Second + used/60)
		if _, ok := holds(t, db, hash); !ok {
			t.Error("the token does not hold at", now)
		}
		if all, err := db.Tokens(t.Context()); !all[0].Used.Equal(want.Made.Add(used)) || err != nil {
			t.Errorf("at %s it was used at %s, want %s after it was made; %v", now, all[0].Used, used, err)
		}
	}
	*now = want.Expires.Add(-time.Second)
	if _, ok := holds(t, db, hash); !ok {
		t.Error("the token expires early")
	}
	*now = want.Expires
	if _, ok := holds(t, db, hash); ok {
		t.Error("the token does not expire")
	}
}

// alike reports whether two tokens are the same.
func alike(a, b *dragoman.AccessToken) bool {
	return a.Number == b.Number && a.Name == b.Name && a.User == b.User && slices.Equal(a.Scopes, b.Scopes) &&
		a.Made.Equal(b.Made) && a.Used.Equal(b.Used) && a.Expires.Equal(b.Expires) && a.Revoked.Equal(b.Revoked)
}

func TestRevokeToken(t *testing.T) {
	db, now := at(t)
	read := []dragoman.Scope{dragoman.ScopeRead}
	first, hash := addToken(t, db, dragoman.AccessToken{Name: "a", Scopes: read})
	_, other := addToken(t, db, dragoman.AccessToken{Name: "a", Scopes: read})
	*now = now.AddDate(20, 0, 0)
	if k, ok := holds(t, db, hash); !ok || k.User != "" || !k.Expires.IsZero() {
		t.Errorf("a token of nobody that never expires is %+v %v", k, ok)
	}
	must(t, db.RevokeToken(t.Context(), first))
	if _, ok := holds(t, db, hash); ok {
		t.Error("a revoked token lets in")
	}
	if _, ok := holds(t, db, other); !ok {
		t.Error("another token was revoked too")
	}
	if all, err := db.Tokens(t.Context()); len(all) != 2 || !all[0].Revoked.Equal(*now) || !all[1].Revoked.IsZero() || err != nil {
		t.Errorf("%+v %v", all, err)
	}
	refused(t, db.RevokeToken(t.Context(), first), "no token 1 that holds")
	refused(t, db.RevokeToken(t.Context(), 9), "no token 9 that holds")
	for _, bad := range []struct {
		dragoman.AccessToken
		want string
	}{
		{dragoman.AccessToken{Name: "a"}, "without a scope"},
		{dragoman.AccessToken{Name: "a", Scopes: []dragoman.Scope{"read|manage"}}, `"read|manage" is no scope`},
		{dragoman.AccessToken{Name: "a", Scopes: read, User: "nobody"}, `no user "nobody"`},
	} {
		_, err := db.AddToken(t.Context(), bad.AccessToken, "x")
		refused(t, err, bad.want)
	}
}

// TestAside wants who looks and by what right to be no change of what is
// remembered: pages that were made hold.
func TestAside(t *testing.T) {
	db, now := at(t)
	before, err := db.Revision(t.Context())
	must(t, err)
	addUsers(t, db, "jane")
	must(t, db.SetHash(t.Context(), "jane", "of another password"))
	number, hash := addToken(t, db, dragoman.AccessToken{User: "jane", Scopes: dragoman.Scopes()})
	if _, ok := holds(t, db, hash); !ok {
		t.Error("the token does not hold")
	}
	look(t, db, "jane", 0, time.Time{})
	must(t, db.Sessions().Commit("a", []byte("one"), now.Add(time.Hour)))
	must(t, db.Sessions().Delete("a"))
	must(t, db.RevokeToken(t.Context(), number))
	must(t, db.RemoveUser(t.Context(), "jane"))
	if after, err := db.Revision(t.Context()); after != before || err != nil {
		t.Errorf("the revision was %d and is %d: %v", before, after, err)
	}
}

// The session manager takes our sessions, with and without a context.
var _ scs.CtxStore = (*Sessions)(nil)

func TestSessions(t *testing.T) {
	db, now := at(t)
	s := db.Sessions()
	find := func(token string) string {
		b, ok, err := s.Find(token)
		if must(t, err); ok != (b != nil) {
			t.Errorf("%q: found %v, %q", token, ok, b)
		}
		return string(b)
	}
	must(t, s.Commit("a", []byte("one"), now.Add(time.Hour)))
	must(t, s.Commit("b", []byte("two"), now.Add(2*time.Hour)))
	must(t, s.Commit("a", []byte("three"), now.Add(time.Hour)))
	if find("a") != "three" || find("b") != "two" || find("c") != "" || find(HashSecret("a")) != "" {
		t.Errorf("%q %q %q %q", find("a"), find("b"), find("c"), find(HashSecret("a")))
	}
	for _, row := range Rows(t.Context(), db, "sessions") {
		if !strings.Contains(row, HashSecret("a")) && !strings.Contains(row, HashSecret("b")) {
			t.Errorf("the row %s is of no hash", row)
		}
	}
	must(t, s.Delete("c"))
	*now = now.Add(time.Hour)
	if find("a") != "" || find("b") != "two" {
		t.Errorf("after an hour there are %q and %q", find("a"), find("b"))
	}
	must(t, s.Commit("b", []byte("two"), now.Add(2*time.Hour))) // which sweeps
	if rows := Rows(t.Context(), db, "sessions"); len(rows) != 1 {
		t.Errorf("an expired session is kept: %q", rows)
	}
	must(t, s.Delete("b"))
	if find("b") != "" {
		t.Error("a session that was ended is found")
	}
}

// TestSessionProlonged wants a session that only lasts a little longer not to be
// written again, and none to last longer than it was last said.
func TestSessionProlonged(t *testing.T) {
	db, now := at(t)
	s, until := db.Sessions(), now.Add(time.Hour)
	must(t, s.Commit("a", []byte("one"), until))
	for _, c := range []struct {
		data  string
		by    time.Duration
		lasts time.Duration
	}{{"one", 0, 0}, {"one", 59 * time.Second, 0}, {"one", time.Minute, time.Minute}, {"two", 61 * time.Second, 61 * time.Second}, {"two", time.Second, time.Second}} {
		must(t, s.Commit("a", []byte(c.data), until.Add(c.by)))
		var data string
		var expires int64
		must(t, db.read.QueryRow("SELECT data, expires FROM sessions").Scan(&data, &expires))
		if data != c.data || expires != until.Add(c.lasts).Unix() {
			t.Errorf("prolonged by %s, %q lasts %s longer, want %s", c.by, data, time.Unix(expires, 0).Sub(until), c.lasts)
		}
	}
}

// TestSessionManager wants a session to outlive the program.
func TestSessionManager(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	var token string
	for _, first := range []bool{true, false} {
		db, err := Open(t.Context(), path)
		must(t, err)
		m := scs.New()
		m.Store = db.Sessions()
		ctx, err := m.Load(t.Context(), token)
		must(t, err)
		if first {
			m.Put(ctx, "user", "jane")
			token, _, err = m.Commit(ctx)
			must(t, err)
		} else if got := m.GetString(ctx, "user"); got != "jane" {
			t.Errorf("the session holds %q", got)
		}
		must(t, db.Close())
	}
}

// look visits, and wants what it tells of the visit before.
func look(t *testing.T, db *DB, who string, since int64, last time.Time) {
	t.Helper()
	got, when, err := db.Visit(t.Context(), who)
	if got != since || !when.Equal(last) || err != nil {
		t.Errorf("%s, who looks at %s, saw up to %d at %s, want %d at %s; %v", who, db.now().Format("15:04:05"), got, when, since, last, err)
	}
}

func TestVisit(t *testing.T) {
	db, now := at(t)
	start := *now
	after := func(d time.Duration) time.Time { return start.Add(d) }
	keep := func(key string) {
		t.Helper()
		if _, fresh, err := db.Save(t.Context(), &dragoman.Filing{Entry: dragoman.Entry{Key: key}, Sketch: []byte(key)}, nobody{}); !fresh || err != nil {
			t.Fatal(fresh, err)
		}
	}
	keep("a")
	look(t, db, "jane", 0, time.Time{}) // a first visit
	keep("b")
	*now = after(20 * time.Minute)
	look(t, db, "jane", 0, time.Time{}) // the same
	keep("c")
	*now = after(50 * time.Minute)
	look(t, db, "jane", 0, time.Time{}) // half an hour is not over
	keep("d")
	keep("e")
	*now = after(80*time.Minute + time.Second)
	look(t, db, "jane", 3, after(50*time.Minute)) // a second visit, after c was seen
	look(t, db, "bo", 0, time.Time{})             // somebody else
	keep("f")
	*now = after(110 * time.Minute)
	look(t, db, "jane", 3, after(50*time.Minute)) // the second still
	*now = after(24 * time.Hour)
	look(t, db, "jane", 6, after(110*time.Minute))
	look(t, db, "bo", 5, after(80*time.Minute+time.Second))
}

// TestVisitWrites wants a visit to be written down at most once a minute.
func TestVisitWrites(t *testing.T) {
	db, now := at(t)
	look(t, db, "jane", 0, time.Time{})
	row := func() string { return strings.Join(Rows(t.Context(), db, "visits"), "\n") }
	before := row()
	*now = now.Add(59 * time.Second)
	look(t, db, "jane", 0, time.Time{})
	if row() != before {
		t.Errorf("%s\n%s", before, row())
	}
	*now = now.Add(time.Second)
	look(t, db, "jane", 0, time.Time{})
	if row() == before {
		t.Error("a minute later nothing is written down")
	}
}
