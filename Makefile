# Tashih. `make` lists what there is; everything works from an empty environment with Python 3.11+, make and git.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DATA_DIR ?= ./var
WORKERS ?= auto
N ?= 10000
CASES ?= 100000
TESTS ?=

PYTHON := .venv/bin/python
# The checks load the settings but serve nobody: demonstration mode, with its own data directory.
OFFLINE := env DEMO_NEWSROOM=on-this-computer-only DATA_DIR=.cache/check
TEMPLATES := find templates -name '*.html' -print0

# An environment whose Python was removed is no environment: forget what was installed in it.
$(shell [ -x $(PYTHON) ] || rm -f .venv/.installed-run .venv/.installed-dev)

.PHONY: help
help: ## List all targets
	@echo "Tashih: a corrections and complaints desk for newsrooms"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-15s %s\n", $$1, $$2 }'

.PHONY: run
run: .venv/.installed-run ## Start the demonstration newsroom (PORT=8000, DATA_DIR=./var)
	@exec env PORT='$(PORT)' DATA_DIR='$(DATA_DIR)' $(PYTHON) manage.py run_demo

.PHONY: test
test: .venv/.installed-dev ## Run every test, with real servers and a real browser (WORKERS=auto, TESTS=path)
	@$(PYTHON) -m pytest -n $(WORKERS) $(TESTS)

.PHONY: check
check: .venv/.installed-dev ## Check style, types, import contracts, templates, migrations and translations
	@mkdir -p .cache/check
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(OFFLINE) $(PYTHON) -m mypy
	$(OFFLINE) .venv/bin/lint-imports --cache-dir .cache/import-linter
	$(TEMPLATES) | xargs -0 -r .venv/bin/djade --check --target-version 5.2
	$(PYTHON) -m djlint --lint --quiet templates
	$(OFFLINE) $(PYTHON) manage.py makemigrations --check --dry-run
	$(OFFLINE) $(PYTHON) manage.py update_catalogues --check
	$(OFFLINE) $(PYTHON) manage.py check

.PHONY: format
format: .venv/.installed-dev ## Format Python and templates, and repair what can be repaired
	$(PYTHON) -m ruff check --fix-only --quiet
	$(PYTHON) -m ruff format
	$(TEMPLATES) | xargs -0 -r .venv/bin/djade --target-version 5.2 || true

.PHONY: screenshots
screenshots: .venv/.installed-dev ## Take pictures of the main pages in both languages and widths
	@$(PYTHON) -m tests.browser.screenshots

.PHONY: chaos
chaos: .venv/.installed-dev ## Kill, freeze and flush real processes under N=10000 submissions; print the reconciliation
	@$(PYTHON) -m tests.chaos $(N)

.PHONY: bench-desk
bench-desk: .venv/.installed-dev ## Seed CASES=100000 on PostgreSQL and print how fast the desk answers
	@$(PYTHON) -m tests.benchmarks.desk $(CASES)

.PHONY: lock
lock: .venv/.installed-dev ## Write the locked lists anew from pyproject.toml (UPGRADE=1 takes newer versions)
	@.ci/lock $(if $(UPGRADE),--upgrade)

.PHONY: clean
clean: ## Remove the environment and all caches; the data stay
	rm -rf .venv .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed-run: requirements.txt
	@.ci/install requirements.txt
	@touch $@

# The development list holds everything in the run list, at the same versions.
.venv/.installed-dev: requirements-dev.txt requirements.txt
	@.ci/install requirements-dev.txt
	@touch .venv/.installed-run $@
