#!/usr/bin/env bash
# Installs the programs with which the tests of deploy/ judge the files there, in the versions they were tried with:
#
#   helm                       renders the chart
#   kubernetes-validate        holds manifests against the schemas of Kubernetes, which it brings
#   prometheus-operator-check  decodes objects of the Prometheus operator as the operator does; its source is here
#   compose-spec               reads compose.yaml as "docker compose" does
#   promtool, prometheus       read rules and configuration; the version of Debian
#
#   test/deploy/tools/install.sh FOLDER      then put FOLDER/bin on the PATH
#
# It needs Go 1.26, Python 3 with venv, and Debian.
set -euo pipefail
folder=$(mkdir -p "$1/bin" && cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)

command -v go >/dev/null || { echo 'Install Go 1.26 or newer first: Debian has an older one.' >&2; exit 1; }
GOBIN="$folder/bin" go install helm.sh/helm/v3/cmd/helm@v3.22.0
GOBIN="$folder/compose" go install github.com/compose-spec/compose-go/v2/cmd@v2.16.2
mv "$folder/compose/cmd" "$folder/bin/compose-spec"
(cd "$here/operator" && go build -buildvcs=false -o "$folder/bin/prometheus-operator-check" .)

python3 -m venv --clear "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
ln -sf ../python/bin/kubernetes-validate "$folder/bin/kubernetes-validate"

# Unpacked and not installed, because the package would start a service.
rm -rf "$folder/debian"
mkdir -p "$folder/debian" && cd "$folder/debian"
apt-get download -qq prometheus 2>/dev/null || { echo 'apt-get finds no package prometheus: run apt-get update.' >&2; exit 1; }
dpkg-deb -x prometheus_*.deb .
ln -sf ../debian/usr/bin/promtool ../debian/usr/bin/prometheus "$folder/bin/"
