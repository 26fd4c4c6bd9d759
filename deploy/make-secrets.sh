#!/usr/bin/env bash
# Makes what compose.yaml needs and no repository should have: random passwords and tokens below secrets/, and the digests
# of the tokens in .env. What is there already is kept. To renew one thing, delete its file and run this again.
#
#   ./make-secrets.sh                        asks for the client secret of the Zoom application
#   ./make-secrets.sh < client-secret.txt    reads it from a file
#   CALLER=midpoint ./make-secrets.sh        names the caller that may read and write; "platform" by default
set -euo pipefail
cd "$(dirname "$0")"

caller=${CALLER:-platform}
if [[ ! $caller =~ ^[A-Za-z0-9._-]+$ || $caller == prometheus ]]; then
  echo "CALLER is a word of letters, digits, dots, hyphens and underscores, and not prometheus." >&2
  exit 2
fi

# Only this user can open the folder. The files themselves can be read by all, because the services run as other users and
# Docker hands on the modes of files.
mkdir -p -m 700 secrets

random() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

# Writes standard input to a file at once, so that an interrupted run leaves no part of one.
keep() {
  local part
  part=$(mktemp secrets/.part.XXXXXX)
  cat >"$part"
  chmod 444 "$part"
  mv "$part" "secrets/$1"
}

if [[ ! -s secrets/zoom-client-secret ]]; then
  [[ -t 0 ]] && read -rsp 'Client secret of the Zoom application: ' secret && echo || read -r secret || [[ -n ${secret:-} ]]
  [[ -n $secret ]] || { echo 'There is no client secret.' >&2; exit 2; }
  printf %s "$secret" | keep zoom-client-secret
fi

if [[ ! -s secrets/redis-password || ! -s secrets/redis-url ]]; then
  password=$(random)
  echo "requirepass $password" | keep redis-password
  printf 'redis://:%s@redis:6379' "$password" | keep redis-url
fi

for token in prometheus-token "$caller-token"; do
  [[ -s secrets/$token ]] || random | keep "$token"
done

entry() { printf '{"name":"%s","sha256":"%s","scopes":[%s]}' "$1" "$(sha256 <"secrets/$1-token")" "$2"; }
cat >.env <<END
# Made by make-secrets.sh from the tokens below secrets/. It contains no secrets.
BEARER_TOKENS='[$(entry "$caller" '"read","write"'),$(entry prometheus '"read"')]'
END
echo "The token of $caller is in $PWD/secrets/$caller-token."
