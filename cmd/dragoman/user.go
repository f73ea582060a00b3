package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"dragoman/clerk"
	"dragoman/store"
)

const passwordRead = `The password has at least 12 characters. It is asked for twice where standard input
is a terminal; else it is the first line of standard input.`

func newUser(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user",
		Short: "Say who may use the pages of dragoman serve",
		Long: `Say who may use the pages of dragoman serve. As long as there is no user, they are
open to whoever sits at this machine, and to nobody else; with the first user,
everybody is asked who he is.
` + statuses,
		Example: `  dragoman user add jane
  dragoman user list`,
		Args: cobra.NoArgs,
		RunE: needsCommand,
	}
	cmd.AddCommand(newUserAdd(o), newUserList(o), newUserRemove(o), newUserPassword(o))
	return cmd
}

func newUserAdd(o *options) *cobra.Command {
	d := &database{options: o, makes: true}
	return d.command("add NAME", "Add a user", "Add a user. A name has no spaces; it is the same in upper and lower case.\n\n"+passwordRead,
		"user add jane", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return withPassword(cmd, args[0], db.AddUser)
		})
}

func newUserPassword(o *options) *cobra.Command {
	d := &database{options: o}
	return d.command("password NAME", "Give a user another password", "Give a user another password. Whoever is in by the old one has to say the new one.\n\n"+passwordRead,
		"user password jane", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return withPassword(cmd, args[0], db.SetHash)
		})
}

func newUserRemove(o *options) *cobra.Command {
	d := &database{options: o}
	return d.command("remove NAME", "Remove a user", "Remove a user, and his tokens. His corrections stay.",
		"user remove jane", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string, db *store.DB) error {
			return db.RemoveUser(cmd.Context(), args[0])
		})
}

func newUserList(o *options) *cobra.Command {
	d, format := &database{options: o}, "table"
	cmd := d.command("list", "List the users", "List the users, and since when they are there, in UTC.",
		"user list --format csv", cobra.NoArgs, func(cmd *cobra.Command, _ []string, db *store.DB) error {
			all, err := db.Users(cmd.Context())
			if err != nil {
				return err
			}
			r := &listing{columns: []string{"user", "made"}, shown: []int{0, 1}}
			for _, u := range all {
				r.add(u.Name, minute(u.Made))
			}
			return r.write(cmd.OutOrStdout(), format)
		})
	cmd.Flags().StringVar(&format, "format", format, formats)
	return cmd
}

// withPassword asks for a password and stores its hash for a user.
func withPassword(cmd *cobra.Command, name string, keep func(ctx context.Context, name, hash string) error) error {
	password, err := readPassword(cmd, name)
	if err != nil {
		return err
	}
	hash, err := clerk.HashPassword(password)
	if err != nil {
		return err
	}
	return keep(cmd.Context(), name, hash)
}

// readPassword asks for a password at a terminal, else reads a line.
func readPassword(cmd *cobra.Command, name string) (string, error) {
	f, ok := cmd.InOrStdin().(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
		if err != nil && err != io.EOF {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	first, err := unseen(cmd, f, fmt.Sprintf("Password for %s: ", name))
	if err != nil {
		return "", err
	}
	again, err := unseen(cmd, f, "Once more: ")
	if err == nil && again != first {
		err = errors.New("that is another password than before; nothing is changed")
	}
	return first, err
}

// unseen reads a line at a terminal that does not show it. One that is left by
// Ctrl-C shows again what is typed.
func unseen(cmd *cobra.Command, f *os.File, prompt string) (string, error) {
	terminal := int(f.Fd())
	was, err := term.GetState(terminal)
	if err != nil {
		return "", err
	}
	left := context.AfterFunc(cmd.Context(), func() { term.Restore(terminal, was) }) //nolint:errcheck // it is left anyway
	defer left()
	fmt.Fprint(cmd.ErrOrStderr(), prompt)
	defer fmt.Fprintln(cmd.ErrOrStderr())
	b, err := term.ReadPassword(terminal)
	return string(b), err
}
