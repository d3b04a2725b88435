#!/bin/sh
# Resolve pyproject.toml into requirements/*.txt: hash-pinned, without any registry's address.
set -eu
cd "$(dirname "$0")/.."
export UV_CUSTOM_COMPILE_COMMAND="make lock"

compile() { # compile NAME SOURCE ARGUMENTS…
  name=$1 source=$2
  shift 2
  echo "• requirements/$name.txt"
  .venv/bin/uv pip compile "$source" --quiet --upgrade --generate-hashes --no-header \
    --no-emit-index-url --no-emit-find-links --python-version 3.11 --output-file "requirements/$name.txt" "$@"
}

compile uv requirements/uv.in
compile clients requirements/clients.in
compile base pyproject.toml
compile media pyproject.toml --extra media -c requirements/base.txt
compile test pyproject.toml --group test -c requirements/base.txt
compile dev pyproject.toml --group dev -c requirements/test.txt
