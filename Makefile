# `make` lists the targets. Each of them works from a bare checkout and installs what it needs.
SHELL := /bin/bash
PYTHON ?= python3
MANAGE := .venv/bin/python manage.py
PYTEST := .venv/bin/python -m pytest
PROCESSES ?= 2

# The demonstration's own day: the plan is half way (docs/configuration.md).
run bench: export HERTSEND_DEMONSTRATION ?= 1
run bench: export HERTSEND_CLOCK ?= 2024-10-15

# What `make test-services` talks to; databases of its own, so nothing of anybody's is touched.
POSTGRESQL ?= postgres://postgres@127.0.0.1:5432/hertsend
REDIS ?= redis://127.0.0.1:6379/9

# How much `make test-faults` lives through; and with a Redis of its own, as it kills it.
MONTHS ?= 12
PLACES ?= 20

# Where types are strict: rules, rights, reads, writes, history, and how the site starts.
TYPED := $(wildcard $(foreach app,plans kpis governance,$(addprefix $(app)/,enums.py policies.py policies \
  permissions.py permissions selectors.py selectors services services.py boardpack stocktake)) \
  hertsend/records/bases.py hertsend/accounts/roles.py hertsend/accounts/access.py hertsend/charts hertsend/documents \
  hertsend/files \
  hertsend/dates.py hertsend/errors.py hertsend/enum_names.py hertsend/environment.py hertsend/checks.py hertsend/logs.py \
  hertsend/security.py hertsend/middleware.py hertsend/serve)

# Settings as in production, with a key that lives as long as the command.
LIKE_PRODUCTION = HERTSEND_ENVIRONMENT=production SITE_ORIGIN=https://send.example.org \
  ALLOWED_HOSTS=send.example.org DATABASE_URL=postgres://hertsend@127.0.0.1:5432/hertsend \
  CELERY_BROKER_URL=redis://127.0.0.1:6379/0 CACHE_URL=redis://127.0.0.1:6379/1 \
  EMAIL_URL=smtp+tls://hertsend@mail.example.org:587 HERTSEND_FILES=data/files \
  SECRET_KEY="$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')"

.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast test-services test-faults test-browser test-browser-full check fix docs bench lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install what the other targets need; quick when nothing changed
	@$(PYTHON) hertsend/serve/installation.py

run: setup ## Start the site with the December 2023 plan and a demonstration (PORT=8000)
	@exec $(MANAGE) serve --prepare

test: setup ## Run the tests on the embedded database
	$(PYTEST) -n $(PROCESSES) -m "not services and not races and not faults and not browser and not browser_full"

test-fast: setup ## The same without slow tests, stopping at the first failure
	$(PYTEST) -x -n $(PROCESSES) -m "not slow and not services and not races and not faults and not browser and not browser_full"

test-services: setup ## Run the tests on PostgreSQL and Redis, with those that need them and the races
	DATABASE_URL="$(POSTGRESQL)" CELERY_BROKER_URL="$(REDIS)" \
	  $(PYTEST) -n $(PROCESSES) -m "not embedded and not faults and not browser and not browser_full"

test-faults: setup ## Kill workers, beats, broker and mail under MONTHS=12 of packs of PLACES=20 partnerships
	DATABASE_URL="$(POSTGRESQL)" CELERY_BROKER_URL="$(REDIS)" FAULT_MONTHS=$(MONTHS) FAULT_PLACES=$(PLACES) \
	  $(PYTEST) -s -m "faults" tests/faults

test-browser: setup ## Drive Chromium through the main paths, with the accessibility rules on every page
	$(PYTEST) -n $(PROCESSES) -m "browser"

test-browser-full: setup ## The same for every page as every role, and every state
	$(PYTEST) -n $(PROCESSES) -m "browser or browser_full"

check: setup ## Check format, lint, templates, imports, types, migrations, documents and deployment settings
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/lint-imports
	.venv/bin/mypy $(TYPED)
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) generate_docs --check
	@$(LIKE_PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

fix: setup ## Format and correct what can be corrected by a tool
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

docs: setup ## Write the generated pages of docs/
	$(MANAGE) generate_docs

bench: setup ## Count queries and time the main pages on the demonstration
	$(MANAGE) bench

LOCK := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
  --no-emit-index-url --no-emit-find-links --quiet
lock: setup ## Write the lock files again after a change of pyproject.toml or package.json
	$(LOCK) pyproject.toml --extra dev -o requirements-dev.txt
	$(LOCK) pyproject.toml -c requirements-dev.txt -o requirements.txt
	$(LOCK) --group installer -o requirements-installer.txt
	$(LOCK) --group node -o requirements-node.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## Remove what was installed and built; the data stays
	rm -rf .venv node_modules static/build staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
