// Decodes one object of the Prometheus operator from standard input into the operator's own types. A member that these
// lack, and a value of another type, is an error.
package main

import (
	"fmt"
	"io"
	"os"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	if err := check(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(input io.Reader) error {
	text, err := io.ReadAll(input)
	if err != nil {
		return err
	}
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if err := yaml.Unmarshal(text, &head); err != nil {
		return err
	}
	kinds := map[string]any{
		monitoring.ServiceMonitorsKind: &monitoring.ServiceMonitor{},
		monitoring.PrometheusRuleKind:  &monitoring.PrometheusRule{},
	}
	object, known := kinds[head.Kind]
	if !known || head.APIVersion != monitoring.SchemeGroupVersion.String() {
		return fmt.Errorf("not of the Prometheus operator: %s %s", head.APIVersion, head.Kind)
	}
	return yaml.UnmarshalStrict(text, object)
}
