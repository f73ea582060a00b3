package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/httprate"

	"dragoman"
	"dragoman/clerk"
	"dragoman/store"
)

// somebody is on whose behalf a request comes.
type somebody struct {
	name   string
	scopes []dragoman.Scope // what a token may do
	all    bool             // signed in with a password, or from this machine: everything
}

func (p *somebody) may(s dragoman.Scope) bool { return p.all || slices.Contains(p.scopes, s) }

// local is who sits before this machine while there are no users.
const local = "local"

type whoKey struct{}

// who returns on whose behalf a request comes; nil for nobody, who sees only
// what is open to all.
func who(ctx context.Context) *somebody {
	p, _ := ctx.Value(whoKey{}).(*somebody)
	return p
}

func newSessions(o Options) *scs.SessionManager {
	m := scs.New()
	m.Store = o.Clerk.DB.Sessions()
	m.Lifetime, m.IdleTimeout = 30*24*time.Hour, 7*24*time.Hour
	m.Cookie.Name, m.Cookie.SameSite, m.Cookie.HttpOnly, m.Cookie.Secure = "dragoman", http.SameSiteLaxMode, true, o.Secure
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		o.Log.Error("a session cannot be kept", "fault", err)
		http.Error(w, "the session cannot be kept; the log says why", http.StatusInternalServerError)
	}
	return m
}

// open is what everybody may ask for.
func open(path string) bool {
	return path == "/login" || path == "/health" || strings.HasPrefix(path, "/assets/")
}

// sign finds out on whose behalf a request comes, and sends nobody away from
// what is not open to all.
func (s *Server) sign(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, err := s.signed(r)
		switch {
		case err != nil:
			s.fail(w, r, err)
			return
		case p == nil && !open(r.URL.Path):
			s.refuse(w, r)
			return
		}
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), whoKey{}, p)))
	})
}

// refuse asks whoever is nobody to sign in.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request) {
	if programs(r.URL.Path) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="dragoman"`)
		writeProblem(w, &fault{http.StatusUnauthorized, "a token is wanted, as Authorization: Bearer dgm_…; dragoman token add makes one"})
		return
	}
	to := "/login"
	if r.Method == http.MethodGet && r.URL.Path != "/" {
		to += "?next=" + url.QueryEscape(r.URL.RequestURI())
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// programs reports whether a path is for programs, which come with tokens.
func programs(path string) bool { return strings.HasPrefix(path, "/api/") || path == "/metrics" }

func (s *Server) signed(r *http.Request) (*somebody, error) {
	ctx, db := r.Context(), s.Clerk.DB
	if secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && programs(r.URL.Path) {
		t, ok, err := db.TokenBy(ctx, store.HashSecret(strings.TrimSpace(secret)))
		if !ok || err != nil {
			return nil, err
		}
		return &somebody{name: cmp.Or(t.User, t.Name), scopes: t.Scopes}, nil
	}
	// One value, for several are written anew each time: gob orders them by chance.
	if name, stamp, ok := strings.Cut(s.sessions.GetString(ctx, "user"), "\x00"); ok {
		u, _, ok, err := db.UserHash(ctx, name)
		if err != nil {
			return nil, err
		}
		if ok && u.Stamp == stamp { // the password is still the one that was said
			return &somebody{name: u.Name, all: true}, nil
		}
	}
	if !s.Local {
		return nil, nil
	}
	has, err := db.HasUsers(ctx)
	if err != nil || has {
		return nil, err
	}
	return &somebody{name: local, all: true}, nil
}

func (s *Server) loginForm(w http.ResponseWriter, r *http.Request) error {
	if p := who(r.Context()); p != nil {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	return s.show(w, r, "login", page{Title: "Sign in", Body: map[string]any{"Next": r.FormValue("next")}})
}

// login signs in whoever knows the password.
func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	ctx, name := r.Context(), strings.TrimSpace(r.PostFormValue("name"))
	u, hash, ok, err := s.Clerk.DB.UserHash(ctx, name)
	if err != nil {
		return err
	}
	match, err := clerk.MatchPassword(ctx, r.PostFormValue("password"), hash)
	if err != nil {
		return err
	}
	if !ok || !match {
		s.Log.Warn("somebody could not sign in", "name", name, "from", r.RemoteAddr)
		return s.show(w, r, "login", page{Title: "Sign in", Status: http.StatusUnauthorized,
			Body: map[string]any{"Next": r.PostFormValue("next"), "Name": name, "Fault": "name or password is not right"}})
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, "user", u.Name+"\x00"+u.Stamp)
	http.Redirect(w, r, within(r.PostFormValue("next")), http.StatusSeeOther)
	return nil
}

// within returns a path of ours, "/" for whatever leads elsewhere.
func within(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n") {
		return "/"
	}
	return next
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}

// patient answers no more than a few tries to sign in from one address.
func (s *Server) patient(h http.Handler) http.Handler {
	return httprate.LimitBy(cmp.Or(s.SignIns, signIns), time.Minute, caller, httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, &fault{http.StatusTooManyRequests, "these are too many tries; wait a minute"})
	}))(h)
}
