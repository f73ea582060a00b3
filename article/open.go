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
		body, contentType, err := fetch(ctx, name, o.AllowPrivate)
		if err != nil {
			return nil, err
		}
		return open(name, contentType, body)
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

func fetch(ctx context.Context, address string, allowPrivate bool) (body io.ReadCloser, contentType string, err error) {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !allowPrivate {
		// Asked of the address that is really dialled, so that no name and no
		// redirect leads inside.
		dialer.Control = func(_, addr string, _ syscall.RawConn) error {
			ap, err := netip.ParseAddrPort(addr)
			if err != nil || !public(ap.Addr()) {
				return fmt.Errorf("%s is inside the private network; read --allow-private fetches it all the same", addr)
			}
			return nil
		}
	}
	client := &http.Client{Timeout: fetchTimeout, Transport: &http.Transport{DialContext: dialer.DialContext, Proxy: http.ProxyFromEnvironment}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", fmt.Errorf("%s is not an address: %w", address, err)
	}
	req.Header.Set("User-Agent", "dragoman")
	req.Header.Set("Accept", "text/html, text/plain, application/x-ndjson;q=0.9, */*;q=0.1")
	res, err := client.Do(req)
	if err != nil {
		return nil, "", err
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close()
		return nil, "", fmt.Errorf("%s: the server answered %s", address, res.Status)
	}
	return res.Body, res.Header.Get("Content-Type"), nil
}

// inside are networks that lead inside or nowhere beside those that netip
// knows: shared and special addresses, and IPv4 wrapped in IPv6.
var inside = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32")}

func public(a netip.Addr) bool {
	a = a.Unmap()
	for _, p := range inside {
		if p.Contains(a) {
			return false
		}
	}
	return a.IsGlobalUnicast() && !a.IsPrivate()
}
