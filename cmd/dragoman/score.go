package main
import "github.com/spf13/cobra"
func newScore(o *options) *cobra.Command { return &cobra.Command{Use: "score"} }
func newTrain(o *options) *cobra.Command { return &cobra.Command{Use: "train"} }
func newData(o *options) *cobra.Command { return &cobra.Command{Use: "data"} }
