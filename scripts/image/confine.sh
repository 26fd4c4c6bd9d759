#!/usr/bin/env bash
# Becomes a command as a container would start it: process 1, in a file system of its own that nobody can write to, as a
# user without privileges. Programs and libraries are those of this computer, in place of the base image. It runs as root
# in new namespaces:
#
#   unshare --mount --net --pid --fork bash confine.sh ROOT FOLDER CONFIG USER GROUP WORKDIR VARIABLE... -- COMMAND...
#
#   ROOT    an empty folder, the mount point
#   FOLDER  what the image contains
#   CONFIG  the folder that is mounted at /etc/zoom-connector
#   NODE    in the environment: the folder of the Node.js that is used, with bin/node
set -euo pipefail
root=$1 image=$2 config=$3 user=$4 group=$5 workdir=$6
shift 6
variables=()
while [[ $1 != -- ]]; do
  variables+=("$1")
  shift
done
shift

ip link set lo up
mount -t tmpfs -o mode=755 none "$root"

# Mounts a folder of this computer for reading only.
show() {
  mkdir -p "$root$2"
  mount --bind "$1" "$root$2"
  mount -o remount,bind,ro "$root$2"
}

for folder in /usr /bin /sbin /lib /lib32 /lib64; do
  if [[ -L $folder ]]; then ln -s "$(readlink "$folder")" "$root$folder"; elif [[ -d $folder ]]; then show "$folder" "$folder"; fi
done
case $NODE in /usr | /usr/*) ;; *) show "$NODE" "$NODE" ;; esac
for entry in "$image"/*; do show "$entry" "/${entry##*/}"; done
show "$config" /etc/zoom-connector
mkdir -p "$root/proc" "$root/dev"
mount -t proc none "$root/proc"
mount --bind /dev "$root/dev"
mount -o remount,ro "$root"

exec env -i "PATH=$NODE/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "${variables[@]}" chroot "$root" \
  setpriv --reuid="$user" --regid="$group" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
  env --chdir="$workdir" "$@"
