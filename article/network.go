package article

import (
	"fmt"
	"net/netip"
	"syscall"
)

// privateError says that an address leads inside the private network.
type privateError struct{ address string }

func (p *privateError) Error() string {
	return fmt.Sprintf("%s is inside the private network; --allow-private fetches it all the same", p.address)
}

// OnlyPublic is a net.Dialer's Control that refuses to dial inside the private
// network. It is asked of the address that is really
// dialled, after names are resolved, so that no name and no redirect leads in.
func OnlyPublic(_, address string, _ syscall.RawConn) error {
	if ap, err := netip.ParseAddrPort(address); err != nil || !public(ap.Addr()) {
		return &privateError{address}
	}
	return nil
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
