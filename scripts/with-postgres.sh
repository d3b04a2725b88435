#!/bin/sh
# Run a command with DATABASE_URL at a throw-away PostgreSQL, or at the one that is already set.
#
#   scripts/with-postgres.sh COMMAND…
#
# The server listens on a socket in a temporary folder and on no port, writes without fsync, and
# is gone with its data when the command ends. initdb refuses root: then user postgres runs it.
set -eu

if [ -n "${DATABASE_URL:-}" ]; then
  exec "$@"
fi

find_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
if [ ! -x "$(find_bin)/initdb" ]; then
  "$(dirname "$0")/apt.sh" postgresql
fi
bin=$(find_bin)

folder=$(mktemp -d /tmp/tcv-postgres.XXXXXX)
as_owner() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$folder"
  as_owner() { setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$folder" "$@"; }
fi

stop() {
  as_owner "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent stop 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cd "$(dirname "$0")/.."
as_owner "$bin/initdb" --pgdata="$folder/data" --username=tcv --auth=trust --encoding=UTF8 \
  --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
as_owner "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --silent --wait \
  --options="-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off \
  -c synchronous_commit=off -c full_page_writes=off -c max_connections=50" start >/dev/null || { cat "$folder/log" >&2; exit 1; }
as_owner "$bin/createdb" --host="$folder" --username=tcv tcv

DATABASE_URL="postgres://tcv@/$folder/tcv" # a path as the host: the socket in it
export DATABASE_URL
"$@"
