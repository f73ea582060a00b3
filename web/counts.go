package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// counts are what Prometheus is told.
type counts struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

func newCounts() *counts {
	c := &counts{registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "dragoman_http_requests_total", Help: "Requests answered, by route, method and status."}, []string{"route", "method", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "dragoman_http_request_seconds", Help: "How long answers took, by route; streams are not counted.",
			Buckets: []float64{.005, .01, .025, .05, .1, .2, .5, 1, 2, 5, 10, 30}}, []string{"route"})}
	c.registry.MustRegister(c.requests, c.took, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return c
}

func (c *counts) request(r *http.Request, pattern string, status int, took time.Duration) {
	route := "none"
	if _, path, ok := strings.Cut(pattern, " "); ok {
		route = path
	}
	if status == 0 {
		status = http.StatusOK
	}
	method := r.Method
	if !known(method) {
		method = "other"
	}
	c.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	if !streams(r) {
		c.took.WithLabelValues(route).Observe(took.Seconds())
	}
}

// known reports whether a method is one that is served: others may be of any
// name, and each name would be a series of its own.
func known(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return true
	}
	return false
}

// gauge adds a figure that is asked for whenever Prometheus asks.
func (c *counts) gauge(name, help string, ask func() float64) {
	c.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, ask))
}

func (c *counts) handler() http.Handler {
	return promhttp.HandlerFor(c.registry, promhttp.HandlerOpts{})
}
