package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/secure/precis"

	"dragoman"
)

// AddUser adds a user with the hash of his password. A name has no spaces, and
// is taken by whoever has it in other case too.
func (db *DB) AddUser(ctx context.Context, name, hash string) error {
	name, key, err := called(name)
	if err != nil {
		return err
	}
	return db.pen.aside(ctx, func(t *tx) error {
		var there string
		if taken, err := t.one("SELECT name FROM users WHERE key = ?", []any{key}, &there); err != nil {
			return err
		} else if taken {
			return fmt.Errorf("there is a user %q already; dragoman user password gives another password", there)
		}
		return t.exec("INSERT INTO users (name, key, hash, made) VALUES (?, ?, ?, ?)", name, key, hash, db.now().Unix())
	})
}

// called returns the name of a user as it is kept, and what it is compared by.
func called(name string) (kept, key string, err error) {
	kept, err = precis.UsernameCasePreserved.String(name)
	if err == nil {
		key, err = precis.UsernameCaseMapped.CompareKey(name)
	}
	if err != nil || kept == "" {
		return "", "", fmt.Errorf("%q is no name of a user: it has letters, digits and signs, and no spaces", name)
	}
	return kept, key, nil
}

// UserHash returns the user of a name and the hash of his password. Whoever was
// let in by it is to be let in again only while the user is there and has the
// same stamp: that ends his sessions where he is removed or his password changes.
func (db *DB) UserHash(ctx context.Context, name string) (u dragoman.User, hash string, ok bool, err error) {
	_, key, err := called(name)
	if err != nil {
		return u, "", false, nil // nobody is called so
	}
	err = usersIn(db.asks(ctx), func(one dragoman.User, its string) { u, hash, ok = one, its, true }, "WHERE key = ?", key)
	return u, hash, ok, err
}

// Users returns all users by their names.
func (db *DB) Users(ctx context.Context) (all []dragoman.User, err error) {
	err = usersIn(db.asks(ctx), func(u dragoman.User, _ string) { all = append(all, u) }, "ORDER BY key")
	return all, err
}

// usersIn hands each user and the hash of his password to take.
func usersIn(q querier, take func(u dragoman.User, hash string), rest string, args ...any) error {
	return each(q, func(rows *sql.Rows) error {
		var u dragoman.User
		var hash string
		var made int64
		err := rows.Scan(&u.Number, &u.Name, &hash, &made)
		u.Made, u.Stamp = moment(made), HashSecret(hash)[:16]
		take(u, hash)
		return err
	}, "SELECT number, name, hash, made FROM users "+rest, args...)
}

// HasUsers reports whether there is any user.
func (db *DB) HasUsers(ctx context.Context) (has bool, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM users)").Scan(&has)
	return has, err
}

// SetHash gives a user another password, by its hash.
func (db *DB) SetHash(ctx context.Context, name, hash string) error {
	return db.pen.aside(ctx, func(t *tx) error {
		number, _, err := t.user(name)
		if err != nil {
			return err
		}
		return t.exec("UPDATE users SET hash = ? WHERE number = ?", hash, number)
	})
}

// RemoveUser removes a user, his tokens, and when he visited. What a session
// holds is not known here: see UserHash.
func (db *DB) RemoveUser(ctx context.Context, name string) error {
	return db.pen.aside(ctx, func(t *tx) error {
		number, name, err := t.user(name)
		if err != nil {
			return err
		}
		return errors.Join(t.exec("DELETE FROM tokens WHERE user = ?", number), t.exec("DELETE FROM visits WHERE who = ?", name),
			t.exec("DELETE FROM users WHERE number = ?", number))
	})
}

// user returns the number of a user and his name as it is kept.
func (t *tx) user(name string) (number int64, kept string, err error) {
	_, key, err := called(name)
	if err != nil {
		return 0, "", err
	}
	ok, err := t.one("SELECT number, name FROM users WHERE key = ?", []any{key}, &number, &kept)
	if err == nil && !ok {
		err = fmt.Errorf("there is no user %q; dragoman user list shows them", name)
	}
	return number, kept, err
}

// Sessions keeps sessions of the pages, as the session manager scs wants it. It
// knows no token, only its hash, so that whoever reads the file is not let in.
type Sessions struct {
	db    *DB
	swept time.Time // when what had expired was last deleted; whose turn it is with the pen has it
}

// Sessions returns the sessions of the database.
func (db *DB) Sessions() *Sessions { return &Sessions{db: db} }

// sweeping is how often sessions that have expired are deleted.
const sweeping = 10 * time.Minute

// FindCtx returns what a session holds; false where there is none, or it has expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.read.QueryRowContext(ctx, "SELECT data FROM sessions WHERE hash = ? AND expires > ?", HashSecret(token), s.db.now().Unix()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx stores what a session holds until it expires. One that only lasts
// longer than before by less than a minute is left as it is: with an idle
// time-out, every request prolongs its session.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	var stands bool
	err := s.db.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM sessions WHERE hash = ? AND data = ? AND expires > ? AND expires <= ?)",
		HashSecret(token), data, expires.Add(-noted).Unix(), expires.Unix()).Scan(&stands)
	if stands || err != nil {
		return err
	}
	return s.db.pen.aside(ctx, func(t *tx) error {
		if now := s.db.now(); now.Sub(s.swept) >= sweeping {
			if err := t.exec("DELETE FROM sessions WHERE expires <= ?", now.Unix()); err != nil {
				return err
			}
			s.swept = now
		}
		return t.exec("INSERT OR REPLACE INTO sessions (hash, data, expires) VALUES (?, ?, ?)", HashSecret(token), data, expires.Unix())
	})
}

// DeleteCtx ends a session, if there is one.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.db.pen.aside(ctx, func(t *tx) error {
		return t.exec("DELETE FROM sessions WHERE hash = ?", HashSecret(token))
	})
}

// Find is FindCtx for who has no context.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for who has no context.
func (s *Sessions) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete is DeleteCtx for who has no context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// NewSecret returns the secret of a new token. It is shown once and not kept.
func NewSecret() string {
	b := make([]byte, 32)
	rand.Read(b) //nolint:errcheck // it never fails
	return "dgm_" + base64.RawURLEncoding.EncodeToString(b)
}

// HashSecret returns what is kept of a secret: its SHA-256, in hexadecimal.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// AddToken adds a token, of which Name, User, Scopes and Expires matter, by the
// hash of its secret, and returns its number.
func (db *DB) AddToken(ctx context.Context, k dragoman.AccessToken, secretHash string) (number int64, err error) {
	scopes, err := scoped(k.Scopes)
	if err != nil {
		return 0, err
	}
	err = db.pen.aside(ctx, func(t *tx) error {
		var user int64
		if k.User != "" {
			if user, _, err = t.user(k.User); err != nil {
				return err
			}
		}
		number, err = t.insert("INSERT INTO tokens (hash, name, user, scopes, made, expires) VALUES (?, ?, ?, ?, ?, ?)",
			secretHash, k.Name, user, scopes, db.now().Unix(), seconds(k.Expires))
		return err
	})
	return number, err
}

// scoped writes scopes as they are kept.
func scoped(all []dragoman.Scope) (string, error) {
	if len(all) == 0 {
		return "", errors.New("a token without a scope allows nothing")
	}
	var names []string
	for _, s := range all {
		if !slices.Contains(dragoman.Scopes(), s) {
			return "", fmt.Errorf("%q is no scope; they are %v", s, dragoman.Scopes())
		}
		names = append(names, string(s))
	}
	return strings.Join(names, "|"), nil
}

// noted is how often it is written down that somebody is there still.
const noted = time.Minute

// TokenBy returns the token of a secret, by its hash, and notes that it is
// used; false where there is none, or it has expired or was revoked.
func (db *DB) TokenBy(ctx context.Context, secretHash string) (k dragoman.AccessToken, ok bool, err error) {
	now := db.now()
	all, err := tokensIn(db.asks(ctx), "WHERE k.hash = ? AND k.revoked = 0 AND (k.expires = 0 OR k.expires > ?)", secretHash, now.Unix())
	if len(all) == 0 || err != nil {
		return k, false, err
	}
	k = all[0]
	if now.Sub(k.Used).Abs() < noted {
		return k, true, nil
	}
	k.Used = moment(now.Unix())
	err = db.pen.aside(ctx, func(t *tx) error {
		return t.exec("UPDATE tokens SET used = ? WHERE number = ?", now.Unix(), k.Number)
	})
	return k, err == nil, err
}

// Tokens returns all tokens in the order they were made, also those that hold
// no more.
func (db *DB) Tokens(ctx context.Context) ([]dragoman.AccessToken, error) {
	return tokensIn(db.asks(ctx), "ORDER BY k.number")
}

func tokensIn(q querier, rest string, args ...any) (all []dragoman.AccessToken, err error) {
	err = each(q, func(rows *sql.Rows) error {
		var k dragoman.AccessToken
		var scopes string
		var made, used, expires, revoked int64
		err := rows.Scan(&k.Number, &k.Name, &k.User, &scopes, &made, &used, &expires, &revoked)
		for s := range strings.SplitSeq(scopes, "|") {
			k.Scopes = append(k.Scopes, dragoman.Scope(s))
		}
		k.Made, k.Used, k.Expires, k.Revoked = moment(made), moment(used), moment(expires), moment(revoked)
		all = append(all, k)
		return err
	}, `SELECT k.number, k.name, coalesce(u.name, ''), k.scopes, k.made, k.used, k.expires, k.revoked
		FROM tokens k LEFT JOIN users u ON u.number = k.user `+rest, args...)
	return all, err
}

// RevokeToken has a token hold no more.
func (db *DB) RevokeToken(ctx context.Context, number int64) error {
	return db.pen.aside(ctx, func(t *tx) error {
		r, err := t.run("UPDATE tokens SET revoked = ? WHERE number = ? AND revoked = 0", db.now().Unix(), number)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); n > 0 || err != nil {
			return err
		}
		return fmt.Errorf("there is no token %d that holds; dragoman token list shows them", number)
	})
}

// A visit ends when nobody has looked for so long.
const visit = 30 * time.Minute

// Visit notes that somebody looks, at most once a minute, and returns up to
// which article he saw in his visit before, and when that ended: it stays so
// until this visit ends. Both are zero at the first visit. What comes in the
// last minute of a visit may be new to the next one again. who is a user's name,
// or what else stands for one person.
func (db *DB) Visit(ctx context.Context, who string) (since int64, last time.Time, err error) {
	now := db.now()
	var ended, at int64
	err = db.read.QueryRowContext(ctx, "SELECT since, ended, at FROM visits WHERE who = ?", who).Scan(&since, &ended, &at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, err
	}
	if err == nil && now.Sub(moment(at)).Abs() < noted {
		return since, moment(ended), nil
	}
	err = db.pen.aside(ctx, func(t *tx) error {
		_, err := t.one(`INSERT INTO visits (who, since, ended, newest, at) VALUES (?1, 0, 0, (SELECT coalesce(max(number), 0) FROM articles), ?2)
			ON CONFLICT (who) DO UPDATE SET since = iif(?2 - at > ?3, newest, since), ended = iif(?2 - at > ?3, at, ended), newest = excluded.newest, at = excluded.at
			RETURNING since, ended`, []any{who, now.Unix(), int64(visit / time.Second)}, &since, &ended)
		return err
	})
	return since, moment(ended), err
}
