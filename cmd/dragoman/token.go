package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dragoman"
	"dragoman/store"
)

func newToken(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Let programs use the API of dragoman serve",
		Long: `Let programs use the API of dragoman serve. A token is a secret that a program sends
along, and what it may do with it, its scopes:

  read     ask for everything that is stored, and have texts read
  add      add articles
  correct  make corrections and undo them
  manage   add and remove feeds and alerts

No scope includes another.
` + statuses,
		Example: `  dragoman token add notebook --scope read --expires 90d
  dragoman token revoke 1`,
		Args: cobra.NoArgs,
		RunE: needsCommand,
	}
	cmd.AddCommand(newTokenAdd(o), newTokenList(o), newTokenRevoke(o))
	return cmd
}

func newTokenAdd(o *options) *cobra.Command {
	d := &database{options: o, makes: true}
	scopes, user, expires := []string{string(dragoman.ScopeRead)}, "", ""
	cmd := d.command("add NAME", "Make a token", `Make a token, and print its secret: this once, for only a hash of it is kept. NAME says
what it is for; dragoman token --help says what the scopes are.`,
		"token add newsroom --scope read,correct --user jane --expires 90d", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			k := dragoman.AccessToken{Name: args[0], User: user}
			for _, s := range scopes {
				k.Scopes = append(k.Scopes, dragoman.Scope(s))
			}
			var err error
			if k.Expires, err = expiry(time.Now(), expires); err != nil {
				return err
			}
			secret := store.NewSecret()
			number, err := db.AddToken(cmd.Context(), k, store.HashSecret(secret))
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "dragoman: token %d; keep its secret, it is not shown again\n", number)
			_, err = fmt.Fprintln(cmd.OutOrStdout(), secret)
			return err
		})
	f := cmd.Flags()
	f.StringSliceVar(&scopes, "scope", scopes, "what it allows, as read,correct")
	f.StringVar(&user, "user", "", "in whose name it is used; it goes when the user is removed")
	f.StringVar(&expires, "expires", "", "after which time it holds no more, as 90d or 12h (default never)")
	return cmd
}

// expiry returns when what is made now and lasts for a time, as "90d", expires.
func expiry(now time.Time, span string) (time.Time, error) {
	if span == "" {
		return time.Time{}, nil
	}
	if days, ok := strings.CutSuffix(span, "d"); ok {
		if n, err := strconv.ParseUint(days, 10, 16); err == nil && n > 0 {
			return now.AddDate(0, 0, int(n)), nil
		}
	}
	if d, err := time.ParseDuration(span); err == nil && d > 0 {
		return now.Add(d), nil
	}
	return time.Time{}, fmt.Errorf("--expires is %q; it is a time from now, as 90d or 12h", span)
}

func newTokenList(o *options) *cobra.Command {
	d, format := &database{options: o}, "table"
	cmd := d.command("list", "List the tokens", "List the tokens: what they allow, in whose name, and when they were last used, in UTC.",
		"token list --format jsonl", cobra.NoArgs, func(cmd *cobra.Command, _ []string, db *store.DB) error {
			all, err := db.Tokens(cmd.Context())
			if err != nil {
				return err
			}
			return tokenRows(all, time.Now()).write(cmd.OutOrStdout(), format)
		})
	cmd.Flags().StringVar(&format, "format", format, formats)
	return cmd
}

func tokenRows(all []dragoman.AccessToken, now time.Time) *listing {
	r := &listing{columns: []string{"token", "name", "user", "scopes", "made", "used", "expires", "state"},
		shown: []int{0, 1, 2, 3, 4, 5, 6, 7}, less: []int{4, 6}, widest: []int{0, 24, 16}}
	for _, k := range all {
		state, scopes := "holds", []string{}
		switch {
		case !k.Revoked.IsZero():
			state = "revoked"
		case !k.Expires.IsZero() && !now.Before(k.Expires):
			state = "expired"
		}
		for _, s := range k.Scopes {
			scopes = append(scopes, string(s))
		}
		r.add(k.Number, k.Name, k.User, scopes, minute(k.Made), minute(k.Used), minute(k.Expires), state)
	}
	return r
}

func newTokenRevoke(o *options) *cobra.Command {
	d := &database{options: o}
	return d.command("revoke NUMBER", "Have a token hold no more", "Have a token hold no more. It stays in the list.", "token revoke 1", cobra.ExactArgs(1),
		func(cmd *cobra.Command, args []string, db *store.DB) error {
			n, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return fmt.Errorf("%q is not the number of a token; dragoman token list shows them", args[0])
			}
			return db.RevokeToken(cmd.Context(), n)
		})
}
