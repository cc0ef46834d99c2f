# make demo: the whole line on the sample corpus.   make test: lint, types, all tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types check install dev help-pages clean

demo: install
	$(BIN)/peerqual demo demo --overwrite --no-open

test: dev lint types check

install: $(VENV)/.installed
dev: $(VENV)/.installed-dev

$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-dev: pyproject.toml requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c requirements-dev.txt -e ".[dev]"
	touch $(VENV)/.installed $@

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

check:
	$(BIN)/python -m pytest -n 2

help-pages:
	$(BIN)/python tools/help_pages.py

clean:
	rm -rf demo out dist build .pytest_cache .mypy_cache .ruff_cache
