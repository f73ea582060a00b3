// Package score measures each room against gold files.
package score
