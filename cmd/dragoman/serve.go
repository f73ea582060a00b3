package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"dragoman/article"
	"dragoman/clerk"
	"dragoman/web"
)

// serving are the flags of dragoman serve.
type serving struct {
	*database
	listen, format string
	hosts          []string
	cert, key      string
	behind         bool
	watch, private bool
	verbose        bool
	rate           int
}

func newServe(o *options) *cobra.Command {
	v := &serving{database: &database{options: o, makes: true}, listen: "127.0.0.1:8421", format: "text"}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the desk in a browser, and answer programs by an API",
		Long: `Show the desk in a browser: what is new, relations over time, actors, articles with
every layer, a map, a graph, search, feeds, alerts, corrections; and answer programs
by an API (docs/api.md). A database is made where there is none.

It listens on this machine only, where nobody has to sign in as long as there is no
user. Any other address wants a user first (dragoman user add), and then everybody
signs in. Browsers and programs have to call it by an address, by localhost or by a
name given with --host. Others see what is sent unless --tls-cert and --tls-key are
given, or a proxy before it speaks https; then say --behind-https.

With --watch it follows the feeds too, as dragoman watch does; without, it fetches
nothing but what somebody asks for, and never from inside the private network.

GET /health says whether it works, GET /metrics tells Prometheus how.
` + statuses,
		Example: `  dragoman serve
  dragoman serve --watch --db desk.db
  dragoman serve --listen :8421 --host desk.example.org --tls-cert cert.pem --tls-key key.pem`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return v.run(cmd) },
	}
	v.tells(cmd)
	f := cmd.Flags()
	f.StringVar(&v.listen, "listen", v.listen, "where it is reached: an address and port")
	f.StringSliceVar(&v.hosts, "host", nil, "names by which it may be called, beside localhost")
	f.StringVar(&v.cert, "tls-cert", "", "certificate, a file in PEM, for https")
	f.StringVar(&v.key, "tls-key", "", "its key, a file in PEM")
	f.BoolVar(&v.behind, "behind-https", false, "a proxy before it speaks https")
	f.IntVar(&v.rate, "per-minute", 0, "requests that one address may make in a minute (default 1200); more for a proxy before it")
	f.BoolVar(&v.watch, "watch", false, "follow the feeds too")
	f.BoolVar(&v.private, "allow-private", false, "fetch from and post to addresses inside the private network too")
	f.StringVar(&v.format, "log", v.format, "text or json")
	f.BoolVar(&v.verbose, "verbose", false, "log every request")
	return cmd
}

func (v *serving) run(cmd *cobra.Command) error {
	ctx := cmd.Context()
	log, err := v.logger(cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	if (v.cert == "") != (v.key == "") {
		return errors.New("--tls-cert and --tls-key belong together")
	}
	boundMemory(storingMemory)
	c, err := v.clerk(ctx)
	if err != nil {
		return err
	}
	defer c.DB.Close()
	local := loopback(v.listen)
	if err := v.guarded(ctx, c, local); err != nil {
		return err
	}
	files, err := v.files()
	if err != nil {
		return err
	}
	fetcher := article.NewFetcher(article.FetchOptions{PerHost: time.Second, AllowPrivate: v.private})
	defer fetcher.Close()
	secure := v.cert != "" || v.behind
	s, err := web.New(web.Options{Clerk: c, Files: files, Fetcher: fetcher, Private: v.private, Watching: v.watch, Hosts: lower(v.hosts), Secure: secure, Local: local,
		Version: Version, Minimum: v.minimum, PerMinute: v.rate, Log: log})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", v.listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", v.listen, err)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "the desk is at %s; Ctrl-C ends it\n", address(l.Addr(), v.cert != ""))
	return v.serve(ctx, s, c, l, fetcher, log)
}

// logger logs requests only where that is asked for.
func (v *serving) logger(w io.Writer) (*slog.Logger, error) {
	level := slog.LevelInfo
	if v.verbose {
		level = slog.LevelDebug
	}
	o := &slog.HandlerOptions{Level: level}
	switch v.format {
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), nil
	}
	return nil, fmt.Errorf("--log is %q; it is text or json", v.format)
}

// guarded makes sure that nobody is let in from elsewhere without a password.
func (v *serving) guarded(ctx context.Context, c *clerk.Clerk, local bool) error {
	has, err := c.DB.HasUsers(ctx)
	if err != nil || local || has {
		return err
	}
	return fmt.Errorf("--listen %s is reached from other machines, and there is no user yet who could sign in; make one first: dragoman user add NAME", v.listen)
}

// loopback reports whether an address is reached from this machine only.
func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false // net.Listen says what is wrong with it
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func lower(all []string) (out []string) {
	for _, s := range all {
		out = append(out, strings.ToLower(s))
	}
	return out
}

// address is what a person gives a browser.
func address(a net.Addr, secure bool) string {
	scheme := "http"
	if secure {
		scheme = "https"
	}
	host, port, _ := net.SplitHostPort(a.String())
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// serve answers, and follows the feeds where that is wanted, until ctx ends.
func (v *serving) serve(ctx context.Context, s *web.Server, c *clerk.Clerk, l net.Listener, fetcher *article.Fetcher, log *slog.Logger) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.Serve(ctx, l, v.cert, v.key) })
	if v.watch {
		g.Go(func() error {
			if _, err := c.Watcher(fetcher, log).Run(ctx); ctx.Err() == nil {
				return err
			}
			return nil // it was stopped, or the server has said why it ended
		})
	}
	return g.Wait()
}
