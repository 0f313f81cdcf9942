# Every target sets up .venv on its first use. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# The day on which the example contacts are looked at, so that the demo shows the same every day.
DEMO_TODAY ?= 2026-11-23
PYTEST_WORKERS ?= 2
PYTEST_ARGS ?=
BENCH_ARGS ?=
MUTANTS_ARGS ?=
# How long `make fuzz` works on each target, and on which of them (all, if none is named).
FUZZ_SECONDS ?= 300
FUZZ_TARGETS ?=

# Stamps: which set of packages .venv holds.
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
RELEASE := $(VENV)-release/.done
MUTANTS := $(VENV)/.mutants

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test coverage tools fuzz mutants bench release versions serve docs picture lint format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNTIME) ## look at the example contacts and build their report site
	$(BIN)/crmtool --today $(DEMO_TODAY) check
	$(BIN)/crmtool --today $(DEMO_TODAY) focus
	$(BIN)/crmtool --today $(DEMO_TODAY) why nordlicht/jana-koehler
	$(BIN)/crmtool --today $(DEMO_TODAY) site build

serve: $(RUNTIME) ## serve the report site and rebuild it on every change
	$(BIN)/crmtool --today $(DEMO_TODAY) site serve

test: lint tools ## lint, types, import contracts, all tests
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) $(PYTEST_ARGS)

coverage: $(DEV) tools ## all tests, and which lines none of them runs; half as long again
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --cov --cov-report=term:skip-covered $(PYTEST_ARGS)

tools: # the programs that tests start, as far as they can be installed here
	scripts/ensure-chromium
	scripts/ensure-shells
	scripts/ensure-editors
	scripts/ensure-office
	scripts/ensure-man

lint: $(DEV) ## style, types, import contracts; changes nothing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV) ## mend what can be mended by program
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

fuzz: $(DEV) ## look for inputs that break a promise, FUZZ_SECONDS for each of FUZZ_TARGETS
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS) $(FUZZ_TARGETS)

mutants: $(MUTANTS) ## change what decides and merges in every small way; a test must notice each, in half an hour
	$(BIN)/python -m tests.mutants $(MUTANTS_ARGS)

docs: $(RUNTIME) ## build the documentation as a site, into build/docs
	$(BIN)/mkdocs build --strict --quiet
	@echo "Built. Open build/docs/index.html in a browser."

picture: $(DEV) ## take the picture of the report site in the README anew
	scripts/ensure-chromium
	$(BIN)/python scripts/docs/picture.py

bench: $(DEV) ## measure crmtool against its floors and its peers, in about a quarter of an hour
	$(BIN)/python -m bench $(BENCH_ARGS)

release: $(RELEASE) ## build what is released into dist/, and install it by pip, pipx and uv
	scripts/release $(VENV)-release/bin/python

versions: $(RELEASE) ## test on each Python that is there, with the lowest and the newest versions of what is needed
	scripts/try-versions $(VENV)-release/bin

clean: ## remove .venv, caches and everything built
	rm -rf $(VENV) $(VENV)-release build dist htmlcov site/public
	rm -rf editors/vscode/node_modules editors/vscode/dist
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .fuzz mutants
	rm -f .coverage .coverage.* coverage.xml
	find crmtool tests bench -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || \
		{ echo "crmtool needs Python 3.11 or newer; '$(PYTHON)' was not found. Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "crmtool needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "'$(PYTHON)' has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(RUNTIME): $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable '.[all]'
	@touch $@

# The development set holds the runtime set too.
$(DEV): $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $(RUNTIME) $@

$(MUTANTS): $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable '.[mutants]'
	@touch $(RUNTIME) $(DEV) $@

# In an environment of its own: what comes with these makes other packages slower where they find it.
$(RELEASE): $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m venv --clear $(VENV)-release
	$(VENV)-release/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt \
		'.[release]'
	@touch $@
