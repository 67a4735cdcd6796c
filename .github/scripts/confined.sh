#!/bin/sh
# Runs a command that reads what strangers wrote: without a network, without the environment, for a limited time, with
# limited memory, and with no way to more rights.
#
#     confined.sh SECONDS MEGABYTES COMMAND [ARGUMENT …]
#
# Exit code: that of the command; 124 or 137 when its time was up; 125 when this machine cannot confine it.
set -eu

seconds=$1
kilobytes=$(($2 * 1024))
shift 2

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

if [ "$(id -u)" = 0 ]; then
  apart="unshare --net --"
elif sudo -n true 2>/dev/null; then
  apart="sudo -n unshare --net -- setpriv --reuid=$(id -u) --regid=$(id -g) --clear-groups --"
else
  apart="unshare --user --map-current-user --net --"
fi
$apart true || {
  echo "confined.sh: this machine cannot take the network from a command; nothing was run" >&2
  exit 125
}

# shellcheck disable=SC2086 # the words of $apart are words
$apart setpriv --no-new-privs -- \
  env -i PATH="$PATH" HOME="$home" TMPDIR="$home" LANG=C.UTF-8 SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-0}" \
  sh -c 'ulimit -v "$1"; ulimit -c 0; shift; exec "$@"' confined "$kilobytes" \
  timeout --kill-after=10 "$seconds" "$@"
