#!/bin/sh
# Install Debian packages that are missing: scripts/apt.sh PACKAGE…
# Only as root; otherwise says what to install and fails.
set -eu

missing=""
for package in "$@"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' \
    || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Needed and missing:$missing (as root: apt-get install$missing)" >&2
  exit 1
fi

echo "• Debian packages:$missing"
export DEBIAN_FRONTEND=noninteractive
# Another apt may hold the lock for a moment (unattended upgrades): wait for it.
options="-qq -y --no-install-recommends -o DPkg::Lock::Timeout=300"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
if ! { apt-get $options install $missing || { apt-get -qq update && apt-get $options install $missing; }; } \
  >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
