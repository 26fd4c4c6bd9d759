#!/usr/bin/env bash
# Builds the image of a commit, so that whoever builds it again gets the same contents and the same digest.
#
#   NODE_IMAGE=node:22-bookworm-slim@sha256:... deploy/build-image.sh NAME:TAG [COMMIT]
#
#   NODE_IMAGE  the base image, pinned by its digest:
#               docker buildx imagetools inspect node:22-bookworm-slim --format '{{.Manifest.Digest}}'
#   OUTPUT      where the image goes: "oci" (the default) writes dist/image/image.tar, "push" sends it to its registry
#   COMMIT      HEAD by default; files that are not committed do not get into the image
#
# It needs git, npm, and Docker with buildx (BuildKit 0.13 or newer). dist/image/ gets the bill of materials as sbom.json,
# and BuildKit's description of the build, with the digest, as metadata.json.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "$1" >&2
  exit 2
}
[[ $# -ge 1 ]] || fail 'Say how to call the image: deploy/build-image.sh NAME:TAG [COMMIT]'
[[ ${NODE_IMAGE:-} == *@sha256:* ]] || fail 'Set NODE_IMAGE to a base image with its digest: NAME:TAG@sha256:...'
image=$1
commit=$(git rev-parse --verify "${2:-HEAD}^{commit}")
results=dist/image
mkdir -p "$results"
case ${OUTPUT:-oci} in
  oci) output="type=oci,dest=$results/image.tar" ;;
  push) output='type=image,push=true' ;;
  *) fail "OUTPUT is oci or push, not $OUTPUT." ;;
esac

# The files of the commit and nothing else, with the same modes in every clone.
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
git -c tar.umask=0022 archive "$commit" | tar -x --no-same-owner -C "$context"

(cd "$context" && npm run --silent sbom) >"$results/sbom.json"

# All times in the image become the time of the commit. The provenance names base image, commit and parameters. It stands
# beside the image and contains the time of the build, so the digest to compare is that of the image, not of the index.
SOURCE_DATE_EPOCH=$(git show --no-patch --format=%ct "$commit")
export SOURCE_DATE_EPOCH
docker buildx build \
  --no-cache \
  --build-arg "NODE=$NODE_IMAGE" \
  --build-arg "SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH" \
  --label "org.opencontainers.image.revision=$commit" \
  --label "org.opencontainers.image.base.name=$NODE_IMAGE" \
  --provenance=mode=max \
  --metadata-file "$results/metadata.json" \
  --output "$output,name=$image,rewrite-timestamp=true" \
  "$context"
echo "Built $image from $commit. See $results."
