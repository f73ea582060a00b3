package web

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"log"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// leave is how long answers that are under way may take once it is to end.
const leave = 800 * time.Millisecond

// Serve answers at l, and runs what has to run beside, until ctx ends; then
// what is being answered is answered. It speaks https where cert and key name
// files in PEM.
func (s *Server) Serve(ctx context.Context, l net.Listener, cert, key string) error {
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12}, ErrorLog: log.New(quiet{s.Log}, "", 0)}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		err := accept(server, l, cert, key)
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return err
	})
	g.Go(func() error { return s.Run(ctx) })
	g.Go(func() error {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), leave)
		defer cancel()
		err := server.Shutdown(end)
		return cmp.Or(err, s.Wait(end))
	})
	return g.Wait()
}

func accept(server *http.Server, l net.Listener, cert, key string) error {
	if cert != "" {
		return server.ServeTLS(l, cert, key)
	}
	return server.Serve(l)
}

// quiet logs what clients do wrong only where every request is logged.
type quiet struct{ log *slog.Logger }

func (q quiet) Write(b []byte) (int, error) {
	q.log.Debug(strings.TrimSpace(string(b)))
	return len(b), nil
}
