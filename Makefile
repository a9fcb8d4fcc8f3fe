# Snowball's chores. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# pip of the outer Python, working inside .venv: no second pip to download or bundle.
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet --require-hashes --no-deps -r
LOCK := pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --extra build
# First what needs no client's patience, then what waits for one: never both at once on one core.
REAL := tests/chaos tests/servers tests/adapters tests/walks
CORE := tests $(REAL:%=--ignore=%)
APART := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.NOTPARALLEL:
.PHONY: help setup run test lint format bench chaos docs lock clean

help: ## list these chores
	@grep -hE '^[a-z]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(VENV)/dev.stamp $(VENV)/self.stamp ## make .venv with everything that working on Snowball needs
	@echo "Ready: .venv has everything, and snowball is in .venv/bin."

run: $(VENV)/run.stamp $(VENV)/self.stamp ## start Snowball; without tokens, its playground
	@$(BIN)/snowball run

test: setup ## the whole check: style, types, import contracts, then the tests
	@echo "== Style (ruff)" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== Types (ty)" && $(BIN)/ty check
	@echo "== Who may import whom (import-linter)" && $(BIN)/lint-imports --no-logo
ifdef TESTS
	@echo "== Tests (pytest)" && $(BIN)/python -m pytest $(TESTS)
else
	@echo "== Tests of the core and the storage (pytest)" && $(BIN)/python -m pytest $(APART) $(CORE)
	@echo "== Tests with real clients and a browser (pytest)" && $(BIN)/python -m pytest $(APART) $(REAL)
endif

lint: setup ## only style, types and import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/ty check && $(BIN)/lint-imports --no-logo

format: setup ## put the code into its one style
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: setup ## measure speed and print the table (takes some minutes)
	@$(BIN)/python -m bench

chaos: setup ## lose and kill what can be lost and killed, and print what was seen (an hour and a half)
	@$(BIN)/python -m tests.chaos

docs: setup ## write the pages that are made from the code (docs/commands.md, docs/a-term.md, …)
	@$(BIN)/python -m docs
	@$(BIN)/python -m tests.term
	@$(BIN)/python -m tests.cohort_term

lock: ## renew requirements/*.txt from pyproject.toml (needs the network)
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && $(PYTHON) -m venv "$$dir" && \
	"$$dir/bin/python" -m pip install --quiet uv && \
	"$$dir/bin/uv" $(LOCK) --extra dev --output-file requirements/dev.txt && \
	"$$dir/bin/uv" $(LOCK) --constraint requirements/dev.txt --output-file requirements/run.txt

clean: ## take .venv and the tools' caches away (never data/)
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info

# --- how .venv comes to be; the stamps make the second time instant ---

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Snowball needs Python 3.11 or newer, and there is no '$(PYTHON)' here. If yours has another name: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Snowball needs Python 3.11 or newer; this is $$($(PYTHON) --version). If a newer one is here too: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { echo "Snowball needs pip for $(PYTHON): install your system's python3-pip, or try $(PYTHON) -m ensurepip"; exit 1; }
	@echo "Making .venv, a Python of Snowball's own ..."
	@$(PYTHON) -m venv --without-pip $(VENV) && rm -f $(VENV)/*.stamp

$(VENV)/run.stamp: requirements/run.txt | $(BIN)/python
	@echo "Installing what Snowball runs on into .venv (once; about a minute) ..."
	@$(INSTALL) requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(BIN)/python
	@echo "Installing what Snowball runs on and is tested with into .venv (once; about a minute) ..."
	@$(INSTALL) requirements/dev.txt
	@touch $@ $(VENV)/run.stamp

# The project itself, editable: what setuptools writes then only changes with pyproject.toml.
$(VENV)/self.stamp: pyproject.toml | $(VENV)/run.stamp
	@$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@
