package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragoman"
	"dragoman/store"
)

func (s *Server) tokensPage(w http.ResponseWriter, r *http.Request) error { return s.tokens(w, r, "") }

// tokens shows the tokens, and once the secret of a new one.
func (s *Server) tokens(w http.ResponseWriter, r *http.Request, secret string) error {
	all, err := s.Clerk.DB.Tokens(r.Context())
	if err != nil {
		return err
	}
	if secret != "" {
		w.Header().Set("Cache-Control", "no-store")
	}
	return s.show(w, r, "tokens", page{Title: "Tokens", Body: map[string]any{"All": all, "Secret": secret, "Scopes": dragoman.Scopes()}})
}

func (s *Server) addToken(w http.ResponseWriter, r *http.Request) error {
	t := dragoman.AccessToken{Name: strings.TrimSpace(r.PostFormValue("name"))}
	if u := who(r.Context()); u.name != local {
		t.User = u.name
	}
	for _, v := range r.PostForm["scope"] {
		scope := dragoman.Scope(v)
		if !slices.Contains(dragoman.Scopes(), scope) {
			return bad("%q is not a scope", v)
		}
		t.Scopes = append(t.Scopes, scope)
	}
	if v := r.PostFormValue("days"); v != "" {
		days, err := strconv.Atoi(v)
		if err != nil || days < 1 || days > 3650 {
			return bad("a token holds for 1 to 3650 days, not %q", v)
		}
		t.Expires = time.Now().AddDate(0, 0, days)
	}
	if t.Name == "" || len(t.Scopes) == 0 {
		return bad("a token wants a name and at least one scope")
	}
	secret := store.NewSecret()
	if _, err := s.Clerk.DB.AddToken(r.Context(), t, store.HashSecret(secret)); err != nil {
		return err
	}
	return s.tokens(w, r, secret)
}

func (s *Server) revokeToken(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.ParseInt(r.PostFormValue("number"), 10, 64)
	if err != nil {
		return bad("that is not the number of a token")
	}
	if err := s.Clerk.DB.RevokeToken(r.Context(), n); err != nil {
		return err
	}
	s.say(r, fmt.Sprintf("Token %d is revoked.", n))
	back(w, r, "/tokens")
	return nil
}
