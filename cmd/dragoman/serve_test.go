package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// served starts dragoman serve on a free port, and returns its address and what
// stops it and returns what it said.
func served(t *testing.T, args ...string) (address string, stop func() (string, error)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var errs bytes.Buffer
	root := newRoot()
	root.SetArgs(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...))
	root.SetOut(in)
	root.SetErr(&errs)
	ended := make(chan error, 1)
	go func() {
		ended <- root.ExecuteContext(ctx)
		in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("it did not start: %v, %s", <-ended, errs.String())
	}
	address = strings.TrimSuffix(strings.TrimPrefix(line, "the desk is at "), "; Ctrl-C ends it\n")
	return address, func() (string, error) {
		cancel()
		err := <-ended
		return errs.String(), err
	}
}

func fetched(t *testing.T, c *http.Client, address string) (int, string) {
	t.Helper()
	r, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

// It serves without a user on this machine, and ends in order although somebody
// listens for news.
func TestServe(t *testing.T) {
	db := filepath.Join(t.TempDir(), "desk.db")
	address, stop := served(t, "--db", db)
	if status, body := fetched(t, http.DefaultClient, address+"/health"); status != 200 || !strings.Contains(body, `"ok"`) {
		t.Error(status, body)
	}
	if status, body := fetched(t, http.DefaultClient, address+"/"); status != 200 || !strings.Contains(body, "Nothing is stored yet") {
		t.Error(status, body)
	}
	r, err := http.Get(address + "/api/v1/stream")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if b := make([]byte, 1); r.StatusCode != 200 {
		t.Error(r.Status)
	} else if _, err := r.Body.Read(b); err != nil {
		t.Error(err)
	}
	begun := time.Now()
	if errs, err := stop(); err != nil || strings.Contains(errs, "ERROR") {
		t.Error(err, errs)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %s to end", took)
	}
	if _, err := io.ReadAll(r.Body); err != nil {
		t.Error("whoever listened was cut off:", err)
	}
}

// It ends in order also while it follows feeds, and as soon as it has begun.
func TestServeStopped(t *testing.T) {
	for range 5 {
		_, stop := served(t, "--watch", "--db", filepath.Join(t.TempDir(), "desk.db"))
		if errs, err := stop(); err != nil || strings.Contains(errs, "ERROR") {
			t.Error(err, errs)
		}
	}
}

// Nobody gets in from elsewhere without a password.
func TestServeElsewhere(t *testing.T) {
	db := filepath.Join(t.TempDir(), "desk.db")
	var out, errs bytes.Buffer
	if status := run([]string{"serve", "--db", db, "--listen", "0.0.0.0:0"}, strings.NewReader(""), &out, &errs); status != exitUsage || !strings.Contains(errs.String(), "dragoman user add") {
		t.Errorf("status %d: %s", status, errs.String())
	}
	if status := run([]string{"user", "add", "jane", "--db", db}, strings.NewReader("long enough to be one\n"), &out, &errs); status != 0 {
		t.Fatal(errs.String())
	}
	address, stop := served(t, "--db", db, "--listen", "0.0.0.0:0")
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if status, _ := fetched(t, c, address+"/events"); status != http.StatusSeeOther {
		t.Error("a page is shown to nobody in particular:", status)
	}
	if status, _ := fetched(t, c, address+"/api/v1/events"); status != http.StatusUnauthorized {
		t.Error("events are told to nobody in particular:", status)
	}
	if errs, err := stop(); err != nil {
		t.Error(err, errs)
	}
}

func TestServeTLS(t *testing.T) {
	dir := t.TempDir()
	cert, key := certificate(t, dir)
	address, stop := served(t, "--db", filepath.Join(dir, "desk.db"), "--tls-cert", cert, "--tls-key", key)
	if !strings.HasPrefix(address, "https://") {
		t.Fatal(address)
	}
	b, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(b)
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}}
	if status, _ := fetched(t, c, address+"/health"); status != 200 {
		t.Error(status)
	}
	c.CloseIdleConnections()
	if errs, err := stop(); err != nil {
		t.Error(err, errs)
	}
}

// certificate makes one for this machine.
func certificate(t *testing.T, dir string) (cert, key string) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "desk"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &secret.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	k, err := x509.MarshalECPrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "EC PRIVATE KEY", Bytes: k}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func TestLoopback(t *testing.T) {
	for listen, want := range map[string]bool{"127.0.0.1:1": true, "localhost:1": true, "[::1]:1": true, ":1": false, "0.0.0.0:1": false, "192.168.0.7:1": false, "[::]:1": false, "example.org:1": false, "nonsense": false} {
		if loopback(listen) != want {
			t.Errorf("%s: %v", listen, !want)
		}
	}
}
