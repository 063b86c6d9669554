# Every task of the project; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help install demo test check test-real bench clean

help: ## list these tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# pip installs into the new environment from outside, so that a Python without ensurepip will do.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Denyut needs Python 3.11 or newer; say which with: make PYTHON=python3.11 ..."; exit 2; }
	$(PYTHON) -m venv --without-pip .venv
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

install: $(READY) ## set up the environment in .venv

demo: $(READY) ## play a semester of a sample city and rank it
	$(BIN)/denyut demo

test: check ## lint, types, architecture, then every test
	$(BIN)/pytest -n auto --dist loadfile

check: $(READY) ## lint, types and architecture only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-real: $(READY) ## try real systems (WordPress, Pelican, ...) installed from the registries
	$(BIN)/python tests/real/run.py

bench: $(READY) ## our dates and listings on real pages beside other tools
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/extraction.py

clean: ## remove the environment and what tools left behind
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache build *.egg-info
