# Every task of the project; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help install wheel demo test suite test-browser check messages pictures awkward test-real year bench bench-nation clean bench-nights kills

help: ## list these tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# pip installs into the new environment from outside, so that a Python without ensurepip will do.
define make_environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Denyut needs Python 3.11 or newer; say which with: make PYTHON=python3.11 ..."; exit 2; }
@echo "Setting up .venv: this takes some minutes, and says nothing until it is done."
$(PYTHON) -m venv --without-pip .venv
$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
@touch $@
endef

$(INSTALLED): EXTRAS := distributed,papers,serve
$(READY): EXTRAS := dev
$(INSTALLED) $(READY): pyproject.toml constraints.txt
	$(make_environment)

install: $(INSTALLED) ## set up in .venv what an office runs

wheel: ## write to dist what installs Denyut without this folder
	$(PYTHON) -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	cp constraints.txt examples/lembar-juri.toml dist

demo: $(INSTALLED) ## play a semester of a sample city and rank it
	$(BIN)/denyut demo

# One worker more than processors, for tests that wait; byte code is kept, or each of them compiles everything.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 2) + 1)')
# Databases of a test need no disk; where memory has 4 GB of room for files they wait for none.
ROOM ?= $(shell test "$$(df -Pk /dev/shm 2>/dev/null | awk 'END {print $$4}')" -gt 4000000 2>/dev/null && echo /dev/shm || echo "$${TMPDIR:-/tmp}")

test: $(READY) ## lint, types and architecture, beside every test
	@$(MAKE) --no-print-directory -j2 check suite

suite: $(READY)
	TMPDIR=$(ROOM) PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-browser: $(READY) ## open pages and report in a real Chromium, where the machine has one
	$(BIN)/pytest tests/browser

check: $(READY) ## lint, types and architecture only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

messages: $(READY) ## bring the catalogue of what people read to the code's state, and compile it
	PYTHONPATH=.:tests/support $(BIN)/python -m testkit.messages

pictures: $(READY) ## play the sample city and photograph its pages for README (DEMO=FOLDER of one that was played)
	PYTHONPATH=.:tests/support $(BIN)/python -m testkit.pictures $(DEMO)

N ?= 3000
SEED ?= 0
awkward: $(READY) ## read N=3000 awkward sites from SEED=0 on, and compare with their truth (MORE=--nights or --json)
	@$(BIN)/python -m tests.awkward.run -n $(N) --seed $(SEED) $(MORE)

hostile: $(READY) ## crawl five good sites beside each of a hundred hostile ones (ROWS="feed: server:" for a part)
	@PYTHONPATH=.:tests/support $(BIN)/python -m tests.hostile.run $(ROWS)

SECONDS ?= 60
fuzz: $(READY) ## damage honest input for every reader, SECONDS=60 of CPU each, from SEED=0 on
	@PYTHONPATH=.:tests/support $(BIN)/python -m tests.hostile.fuzz --seconds $(SECONDS) --seed $(SEED)

test-real: $(READY) ## try real systems (WordPress, Pelican, ...) installed from the registries
	$(BIN)/python tests/real/run.py $(ARGS)

year: $(READY) ## a year of the sample city in fast motion: what each morning's message says
	PYTHONPATH=.:tests/support $(BIN)/python -m testkit.yearbook

SITES ?= 500
bench-nights: $(READY) ## nights of SITES=500 offices on loopback, beside bare Scrapy
	$(BIN)/python benchmarks/nights.py --sites $(SITES)

TIMES ?= 30
kills: $(READY) ## kill crawls with -9, TIMES=30 each way on each engine, and compare the databases
	$(BIN)/python benchmarks/kills.py --times $(TIMES)
	$(BIN)/python benchmarks/kills.py --waves --times $(TIMES)

# An environment of their own: newspaper4k wants an older dateutil, and an old pip cannot solve their extras.
bench: $(READY) ## our dates and listings on real pages beside other tools
	$(PYTHON) -m venv --without-pip .venv/bench
	$(PYTHON) -m pip --python .venv/bench/bin/python install --quiet --disable-pip-version-check pip
	@grep -v dateutil constraints.txt > .venv/bench/constraints.txt
	.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check -c .venv/bench/constraints.txt -e '.[bench]'
	.venv/bench/bin/python benchmarks/extraction.py

bench-nation: $(READY) ## rank 100,000 accounts with 20 million posts (15 GB, half an hour the first time)
	$(BIN)/python benchmarks/ranking.py

clean: ## remove the environment and what tools left behind
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache build *.egg-info
