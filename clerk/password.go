package clerk

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"
)

// leastPassword is how many characters a password has at least. Nothing else is
// asked of it: length is what guessing costs.
const leastPassword = 12

// hashing is the second recommendation of RFC 9106: 64 MiB, three times over.
var hashing = &argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}

// HashPassword returns what a password is kept as, if it will do.
func HashPassword(password string) (string, error) {
	if !utf8.ValidString(password) {
		return "", errors.New("the password is not in UTF-8, so no browser could send it")
	}
	if n := utf8.RuneCountInString(password); n < leastPassword {
		return "", fmt.Errorf("the password has %d characters; it needs at least %d", n, leastPassword)
	}
	return argon2id.CreateHash(password, hashing)
}

// doors bounds how many passwords are compared at once: each takes 64 MB.
var doors = semaphore.NewWeighted(2)

// nobodys is a hash that no password has.
var nobodys = sync.OnceValues(func() (string, error) { return argon2id.CreateHash("", hashing) })

// MatchPassword reports whether a password has a hash. It takes as long where
// there is none, hash being "", so that nobody learns from it who is a user.
func MatchPassword(ctx context.Context, password, hash string) (bool, error) {
	if err := doors.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer doors.Release(1)
	is := hash != ""
	if !is {
		var err error
		if hash, err = nobodys(); err != nil {
			return false, err
		}
	}
	same, err := argon2id.ComparePasswordAndHash(password, hash)
	return is && same, err
}
