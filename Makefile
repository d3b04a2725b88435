# Everything a person does with the project. `make help` lists it.
# Needs Python 3.11+ and make; the rest is brought by the targets (Debian packages as root).

PYTHON ?= python3
BIN := .venv/bin
ENVIRONMENT := $(PYTHON) scripts/environment.py
PORT ?= 8000
HOST ?= 127.0.0.1
SIZE ?= small
# Arguments for pytest: make test ARGS="-k quiz"
ARGS ?=

# A machine may forbid bytecode; then every start would compile a thousand files again.
unexport PYTHONDONTWRITEBYTECODE
export PORT HOST SIZE

.DEFAULT_GOAL := help
.PHONY: help setup setup-test setup-dev run test test-postgres test-clients check format bench bench-pages bench-lrs bench-coverage screenshots films lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Virtual environment and locked packages, enough to run the site
	@$(ENVIRONMENT) base

setup-test:
	@$(ENVIRONMENT) test
	@$(BIN)/python scripts/browser.py

setup-dev:
	@$(ENVIRONMENT) dev

run: setup ## Serve the site and its worker (PORT=8000, HOST=127.0.0.1, RELOAD=0 for no reloading)
	@$(BIN)/python scripts/serve.py

test: setup-test ## The test suite on SQLite (ARGS="-k quiz" for a part)
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

test-postgres: setup-test ## What depends on the database, and the journey, on PostgreSQL
	@scripts/with-postgres.sh $(BIN)/python -m pytest -n auto --dist worksteal -m "database or journey" $(ARGS)

test-clients: setup-test ## xAPI clients of others against a live server (installs them; needs the network)
	@$(BIN)/python scripts/clients.py
	@XAPI_CLIENTS=1 $(BIN)/python -m pytest tests/clients -m clients $(ARGS)

check: setup-dev ## What a review would run: style, types, layers, templates, migrations, deploy check
	@scripts/check.sh

format: setup-dev ## Put code and templates in form
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .
	@$(BIN)/djlint --reformat --quiet . || true

bench: setup ## Measure what must stay fast (SIZE=full for figures to report)
	@$(BIN)/python -m bench

bench-pages: setup ## Measure a learner's pages against an empty view
	@$(BIN)/python -m bench pages

bench-lrs: setup ## Measure the record store, on PostgreSQL and on SQLite (a few minutes)
	@scripts/with-postgres.sh $(BIN)/python -m bench lrs
	@env -u DATABASE_URL $(BIN)/python -m bench lrs_storing
	@env -u DATABASE_URL $(BIN)/python -m bench lrs_writers

bench-coverage: setup ## Measure figures of a generated nation, on PostgreSQL (SIZE=full: 1.2 million people, an hour)
	@scripts/with-postgres.sh $(BIN)/python -m bench coverage_nation

screenshots: setup-test ## Every main page at two widths into screenshots/, and the README's pictures
	@$(BIN)/python scripts/screenshots.py

films: setup ## The starter films, with captions and transcripts, drawn anew (some ten minutes)
	@$(ENVIRONMENT) media
	@$(BIN)/python -m scripts.film

lock: setup-dev ## Resolve the newest allowed packages into requirements/*.txt
	@scripts/lock.sh

clean: ## Remove the environment and caches; data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis var/test-databases \
		var/test-environments tests/clients/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
