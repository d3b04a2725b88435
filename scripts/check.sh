#!/bin/sh
# What a review would run. Goes through to the end, and fails if any part did.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=""

part() { # part NAME COMMAND…
  name=$1
  shift
  start=$(date +%s)
  if output=$("$@" 2>&1); then
    printf '✓ %-28s %3d s\n' "$name" $(($(date +%s) - start))
  else
    printf '✗ %-28s\n%s\n' "$name" "$output"
    failed="$failed «$name»"
  fi
}

part "ruff check" $bin/ruff check .
part "ruff format" $bin/ruff format --check .
part "mypy" $bin/mypy .
part "import-linter" env PYTHONPATH=. $bin/lint-imports --no-logo
part "djlint format" $bin/djlint --check .
part "djlint lint" $bin/djlint --lint .
part "missing migrations" $bin/python manage.py makemigrations --check --dry-run
# Production settings with values that nobody uses; no database is asked.
part "deploy check" env DJANGO_SETTINGS_MODULE=config.settings.production \
  SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP \
  ALLOWED_HOSTS=site.example BASE_URL=https://site.example XAPI_BASE_IRI=https://site.example \
  $bin/python manage.py check --deploy --fail-level WARNING

if [ -n "$failed" ]; then
  echo "Failed:$failed"
  exit 1
fi
