# `make run` and `make test` work on a fresh machine: Python 3.11 or newer, venv and make are all they need.
SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
# A shell's own Textual settings and colours change pictures; tests bring theirs.
CLEAN_ENV := env -u TEXTUAL_THEME -u TEXTUAL_DIM_FACTOR -u NO_COLOR -u PMFACIL_DB TZ=UTC
PYTEST := $(CLEAN_ENV) $(BIN)/python -m pytest -n auto --dist worksteal -q

# Where every branch is tested; the rest is held to 95 %.
WHOLE := pmfacil/core/*,pmfacil/wording/*,pmfacil/store/*,pmfacil/report/*,pmfacil/facilitation.py,pmfacil/library.py,pmfacil/board.py,pmfacil/archive.py,pmfacil/exports.py,pmfacil/publishing.py

.PHONY: help run test check lint bench soak reading clean format requirements snapshots

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(READY): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "pmfacil needs Python 3.11 or newer with venv; none was found." >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) (once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

run: $(READY) ## open the app (ARGS="list" runs a command)
	@$(BIN)/pmfacil $(ARGS)

test: $(READY) ## the test suite
	@$(PYTEST) $(ARGS)

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

check: lint ## what CI runs: lint, types, floors, tests, coverage
	@$(PYTEST) --cov --cov-report=
	@$(BIN)/coverage report --fail-under=95
	@$(BIN)/coverage report --fail-under=100 --include='$(WHOLE)'

soak: $(READY) ## every fault at full size, and a million inputs; nothing may be lost (about 40 minutes, the inputs 10 to 25 of them)
	@$(BIN)/python -m soak $(ARGS)

reading: $(READY) ## how well the timelines of real post-mortems are read
	@$(BIN)/python -m bench.reading $(ARGS)

bench: $(READY) ## pmfacil against a bare Textual app, as ratios; and a record of 10,000 post-mortems
	@$(BIN)/python bench/run.py $(ARGS)
	@$(BIN)/python -m bench.record
	@$(BIN)/python -m bench.publish

format: $(READY) ## put the code in order
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

snapshots: $(READY) ## take the screenshots anew; look at each before you commit
	@$(PYTEST) tests/snapshots --snapshot-update

requirements: ## find the newest versions and write them down with their hashes
	@$(PYTHON) -m venv --clear .venv-requirements
	@.venv-requirements/bin/python -m pip install --quiet pip-tools
	@for name in run dev; do .venv-requirements/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --no-strip-extras \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --output-file=requirements/$$name.txt requirements/$$name.in; done
	@rm -rf .venv-requirements

clean: ## remove what was made here
	@rm -rf $(VENV) .venv-requirements .coverage* .hypothesis .mypy_cache .ruff_cache .import_linter_cache dist snapshot_report.html
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
