# `make run` starts everything on this machine, `make test` checks everything.
# Both make .venv first, and install again only when pyproject.toml has changed.
# Another Python: make run PYTHON=python3.13. Other flags: make run ARGS="--demo --port 8080".

PYTHON ?= python3
ARGS ?= --demo
BIN := .venv/bin

.PHONY: run test

run: .venv/installed
	@exec $(BIN)/tracker up $(ARGS)

test: .venv/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

.venv/installed: pyproject.toml
	$(call install,.)

.venv/installed-test: pyproject.toml
	$(call install,.[test])

define install
@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "claim-tracker needs Python 3.11 or newer; name one: make run PYTHON=python3.13")'
$(PYTHON) -m venv .venv
$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '$(1)'
@touch $@
endef
