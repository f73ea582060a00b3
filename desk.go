package dragoman

import (
	"slices"
	"time"
)

// This file holds the nouns of who is at the desk: who uses the pages and the
// API, and what they may do.

// User is somebody who may use the desk, after saying his password.
type User struct {
	Number int64
	Name   string
	Made   time.Time
	Stamp  string // another with every password; no secret
}

// AccessToken lets a program use the API. Its secret is known only to whoever
// it was made for.
type AccessToken struct {
	Number  int64
	Name    string // what it is for
	User    string // in whose name; empty: nobody's in particular
	Scopes  []Scope
	Made    time.Time
	Used    time.Time // last, to a minute; zero: never
	Expires time.Time // zero: never
	Revoked time.Time // zero: it holds
}

// May reports whether a token allows something.
func (t *AccessToken) May(s Scope) bool { return slices.Contains(t.Scopes, s) }

// Scope is what a token allows. None includes another.
type Scope string

// The scopes.
const (
	ScopeRead    Scope = "read"    // ask for everything that is stored, and have texts read
	ScopeAdd     Scope = "add"     // add articles
	ScopeCorrect Scope = "correct" // make corrections and undo them
	ScopeManage  Scope = "manage"  // add and remove feeds and alerts
)

// Scopes returns all scopes.
func Scopes() []Scope { return []Scope{ScopeRead, ScopeAdd, ScopeCorrect, ScopeManage} }
