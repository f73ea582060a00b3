package article

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"time"
)

// Options say how inputs are opened.
type Options struct {
	Stdin        io.Reader
	AllowPrivate bool // fetch from addresses inside the private network too
}

// Open opens one input: a path, "-" for standard input, or an http or https
// address, which is fetched.
func Open(ctx context.Context, name string, o Options) (Stream, error) {
	switch {
	case name == "-":
		return New("standard input", io.NopCloser(o.Stdin))
	case strings.HasPrefix(name, "http://"), strings.HasPrefix(name, "https://"):
		body, err := fetch(ctx, name, o.AllowPrivate)
		if err != nil {
			return nil, err
		}
		return New(name, body)
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("%s: there is no such file", name)
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder: give its files, for instance %s/*.txt", name, strings.TrimSuffix(name, "/"))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return New(name, f)
}

// fetchTimeout bounds a fetch as a whole.
const fetchTimeout = 30 * time.Second

func fetch(ctx context.Context, address string, allowPrivate bool) (io.ReadCloser, error) {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !allowPrivate {
		// Asked of the address that is really dialled, so that no name and no
		// redirect leads inside.
		dialer.Control = func(_, addr string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(addr)
			if err != nil || !public(ap.Addr()) {
				return fmt.Errorf("%s is inside the private network; --allow-private fetches it all the same", addr)
			}
			return nil
		}
	}
	client := &http.Client{Timeout: fetchTimeout, Transport: &http.Transport{DialContext: dialer.DialContext, Proxy: http.ProxyFromEnvironment}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("%s is not an address: %w", address, err)
	}
	req.Header.Set("User-Agent", "dragoman")
	req.Header.Set("Accept", "text/html, text/plain, application/x-ndjson;q=0.9, */*;q=0.1")
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close()
		return nil, fmt.Errorf("%s: the server answered %s", address, res.Status)
	}
	return res.Body, nil
}

func public(a netip.Addr) bool {
	a = a.Unmap()
	return !(a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() || a.IsInterfaceLocalMulticast())
}
