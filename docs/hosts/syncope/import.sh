#!/bin/sh
# Imports the files beside this script into Apache Syncope 2.1 over its REST API. See docs/guides/syncope.md.
# SYNCOPE_URL, SYNCOPE_LOGIN: the core and an administrator; LOCATION: connid://KEY@HOST:PORT, as Syncope's own
# setting connid.locations has it.
set -eu
: "${SYNCOPE_URL:=http://localhost:9080/syncope/rest}" "${SYNCOPE_LOGIN:=admin:password}"
: "${LOCATION:?the location of the connector server, such as connid://KEY@127.0.0.1:8759}"
cd "$(dirname "$0")"

rest() { # METHOD PATH [FILE]: prints the headers and the body of the answer; of a refusal, to standard error
  method=$1 path=$2
  shift 2
  answer=$(curl -sS --fail-with-body -i -u "$SYNCOPE_LOGIN" -X "$method" -H 'Accept: application/json' \
    -H 'Content-Type: application/json' ${1:+--data-binary "@$1"} "$SYNCOPE_URL$path") || {
    printf '%s %s was refused:\n%s\n' "$method" "$path" "$answer" >&2
    return 1
  }
  printf '%s\n' "$answer"
}
key_of() { tr -d '\r' | sed -n 's/^X-Syncope-Key: *//Ip'; }
with() { # FILE NAME VALUE...: writes the file with values in place of NAMEs
  text=$(cat "$1")
  shift
  while [ $# -gt 1 ]; do
    text=$(printf '%s' "$text" | sed "s|\"$1\"|\"$2\"|")
    shift 2
  done
  printf '%s' "$text" >"$work"
}
work=$(mktemp)
trap 'rm -f "$work"' EXIT

# Syncope names the version of the connector that it has discovered.
version=$(rest GET /connectors/bundles | tr '{}' '\n' | grep '"zoom-identity-connector"' | grep -oE '"version" *: *"[^"]*"' | cut -d'"' -f4)
: "${version:?Syncope has not discovered the connector}"

for schema in schemas/*.json; do rest POST /schemas/PLAIN "$schema" >/dev/null; done
rest POST /anyTypeClasses class-users.json >/dev/null
rest POST /anyTypeClasses class-groups.json >/dev/null
rest PUT /anyTypes/USER type-users.json >/dev/null
rest PUT /anyTypes/GROUP type-groups.json >/dev/null

{
  printf '{"key":"ZoomMemberships","engine":"GROOVY","type":"PROPAGATION_ACTIONS","body":"'
  sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/$/\\n/' memberships.groovy | tr -d '\n'
  printf '"}'
} >"$work"
rest POST /implementations/PROPAGATION_ACTIONS/ZoomMemberships "$work" >/dev/null

policy=$(rest POST /policies/PROPAGATION propagation-policy.json | key_of)
: "${policy:?}"
with connector.json LOCATION "$LOCATION" VERSION "$version"
rest POST /connectors/check "$work" >/dev/null
connector=$(rest POST /connectors "$work" | key_of)
: "${connector:?}"
with resource.json CONNECTOR_KEY "$connector" POLICY_KEY "$policy"
rest POST /resources/check "$work" >/dev/null
rest POST /resources "$work" >/dev/null
task=$(rest POST /tasks/PULL pull-task.json | key_of)
: "${task:?}"
echo "resource zoom, connector $connector, policy $policy, pull task $task"
