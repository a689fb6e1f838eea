# Needs Python 3.11 or later with pip, and PyPI the first time. Everything it installs goes into .venv.
# Another Python: make PYTHON=python3.12 demo. Arguments for the command behind a target: make test ARGS="-k evidence".

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format lock clean

PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=
PY     := $(VENV)/bin/python
LOCK   := build/lock

# Each stamp names a finished set-up, and the runtime one is withdrawn while anything is being installed. So
# a missing runtime stamp means an interrupted set-up, and the next one starts from an empty folder: pip takes
# a half-written package for an installed one.
RUNTIME := $(VENV)/.runtime
DEV     := $(VENV)/.dev
HERE    := $(VENV)/.here

# A moved checkout or a replaced Python breaks .venv without touching its stamps.
WHERE   := -c 'import os, sys; print(os.getcwdb(), *sys.version_info[:2])'
$(shell test ! -e $(RUNTIME) || test "$$($(PY) $(WHERE) 2>&1)" = "$$(cat $(HERE) 2>&1)" || rm -f $(RUNTIME))

# Debian without python3-venv makes no pip inside .venv; the pip outside installs into it as well.
define pip_install
if $(PY) -m pip --version >/dev/null 2>&1; then set -- $(PY) -m pip; else set -- $(PYTHON) -m pip --python $(PY); fi; \
"$$@" install -qq --disable-pip-version-check --no-input
endef

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: $(RUNTIME) ## read the seed articles: a graph, a network page, a table
	@$(PY) -m kg demo $(ARGS)

test: $(DEV) ## run the tests, on up to eight cores
	@$(PY) -m pytest -n auto --maxprocesses 8 --dist worksteal $(ARGS)

check: $(DEV) ## lint, format, types, ontology
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@$(PY) -m kg check

format: $(DEV) ## mend what the linter and the formatter can
	@$(PY) -m ruff check --fix-only
	@$(PY) -m ruff format

$(RUNTIME): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "kg needs Python 3.11 or later; $(PYTHON) is not. Say which one is: make PYTHON=python3.12 ..." >&2; exit 1; }
	@if [ -e $@ ]; then echo "bringing $(VENV) up to date"; rm -f $@; else \
	  echo "setting up $(VENV) (about a minute, once)"; \
	  $(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(VENV); fi
	@$(pip_install) --require-hashes --only-binary :all: -r requirements.lock
	@$(pip_install) --no-deps --no-build-isolation -e .
	@$(PY) $(WHERE) > $(HERE)
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.lock
	@echo "adding the test tools to $(VENV) (about half a minute, once)"
	@rm -f $(RUNTIME)
	@$(pip_install) --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $(RUNTIME)
	@touch $@

# Pins stay as they are where they still fit; make lock ARGS=--upgrade takes the newest of everything.
lock: ## make the lock files anew from pyproject.toml
	@echo "setting up uv in $(LOCK)"
	@$(PYTHON) -m venv --clear $(LOCK) >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(LOCK)
	@$(MAKE) --no-print-directory VENV=$(LOCK) lock-files

.PHONY: lock-files
lock-files:
	@$(pip_install) uv
	@set -e; compile() { $(PY) -m uv pip compile -q --python $(PY) --python-version 3.11 --no-python-downloads \
	  --universal --generate-hashes --only-binary :all: --no-emit-index-url --no-emit-find-links \
	  --annotation-style line --custom-compile-command "make lock" $(ARGS) "$$@"; }; \
	compile pyproject.toml --group build -o requirements.lock; \
	compile pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove .venv and everything built
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/foreign/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
