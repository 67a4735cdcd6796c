#!/bin/sh
# Runs a command that reads what strangers wrote: without a network, without the environment, for a limited time, with
# limited memory, with no way to more rights, and where it can write only into the current folder and one of its own.
# Nothing that it has started outlives it.
#
#     confined.sh SECONDS MEGABYTES COMMAND [ARGUMENT …]
#
# Exit code: that of the command; 124 or 137 when its time was up; 125 when this machine cannot confine it.
set -eu

seconds=$1
bytes=$(($2 * 1024 * 1024))
shift 2
if [ "$seconds" -le 0 ] || [ "$bytes" -le 0 ]; then
  echo "confined.sh: seconds and megabytes must be more than 0; nothing was run" >&2
  exit 125
fi

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

apart="unshare --net --pid --fork --kill-child=KILL --mount --mount-proc"
if [ "$(id -u)" = 0 ]; then
  drop="setpriv --bounding-set=-all --inh-caps=-all"
elif sudo -n true 2>/dev/null; then
  apart="sudo -n $apart"
  drop="setpriv --reuid=$(id -u) --regid=$(id -g) --clear-groups"
else
  apart="$apart --user --map-root-user"
  drop="setpriv --bounding-set=-all --inh-caps=-all"
fi

# The rest of the disk is made read-only, and so is what the next steps run. The folder of other programs' sockets is hidden.
# shellcheck disable=SC2016 # the inner shell is to read it
keep_out='mount --bind "$1" "$1" && mount --bind "$2" "$2" && mount -o remount,bind,ro / &&
  mount -t tmpfs -o ro none /run && cd "$2" && shift 2 &&
  for own in .git .github .venv Makefile handbook macros.py overrides; do
    if [ -e "$own" ]; then mount --bind "$own" "$own" && mount -o remount,bind,ro "$own" || exit 125; fi
  done && exec "$@"'

# shellcheck disable=SC2086 # the words of $apart are words
$apart -- sh -c "$keep_out" confined "$home" "$PWD" true || {
  echo "confined.sh: this machine cannot keep a command from network and disk; nothing was run" >&2
  exit 125
}

# shellcheck disable=SC2086 # so are those of $drop
$apart -- sh -c "$keep_out" confined "$home" "$PWD" $drop --no-new-privs -- \
  env -i PATH="$PATH" HOME="$home" TMPDIR="$home" LANG=C.UTF-8 SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-0}" \
  prlimit --as="$bytes" --core=0 --nproc=2000 -- \
  timeout --kill-after=10 "$seconds" "$@"
