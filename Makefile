# hipspine: every command there is. `make help` lists them.
# Another interpreter: make setup PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
CORE := .venv-core
BIN := $(VENV)/bin
LOCK := requirements/dev.lock
CORE_LOCK := requirements/test-core.lock

# The user's own pip settings may not bend the environment; the index stays theirs.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_USER := 0
export PIP_ROOT_USER_ACTION := ignore
PIP_INSTALL := -m pip install --quiet --quiet

# The demonstration keeps its own data in var/ and asks for no second factor; no clinic runs so.
PORT ?= 8000
DEMONSTRATION = env -u DATABASE_URL -u DJANGO_SETTINGS_MODULE HIPSPINE_ENV=local \
    HIPSPINE_DATA_DIR=$(CURDIR)/var HIPSPINE_SECOND_FACTOR=0

# Hundreds of processes are begun by the tests: each would compile the package anew.
TESTS_ENV = env -u PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run examples test test-core check format bench lock clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | \
	    while IFS='|' read -r command what; do printf '%-15s %s\n' "$$command" "$$what"; done

setup: $(VENV)/.ready ## make the environment in .venv (the other commands do it when needed)

run: setup ## serve the demonstration clinic on this machine (PORT=8000)
	@$(DEMONSTRATION) $(BIN)/hipspine clinic try --port $(PORT)

examples: setup ## assess the example cases and show them
	@$(BIN)/hipspine assess examples/cases --format text

test: setup ## run every test
	@$(BIN)/python scripts/needs_of_tests.py
	@$(TESTS_ENV) $(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

test-core: $(CORE)/.ready ## run the tests with nothing but the core installed
	@$(TESTS_ENV) $(CORE)/bin/python -m pytest -q $(PYTEST_ARGS)

check: setup ## lint, format, types and the import rule
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@echo "check: lint, format, types and import rule are in order"

format: setup ## put the code into the common format
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

bench: setup ## run the benchmarks, as ratios against peers
	@$(BIN)/python -m benchmarks

# uv reads no pip settings, so local indexes cannot slip into the lock; no option here names a host.
UV_COMPILE = env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL \
    -u UV_FIND_LINKS uv --quiet --no-config pip compile --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-build-options \
    --custom-compile-command "make lock" $(LOCK_ARGS)

lock: ## make the hashed locks anew (needs uv; LOCK_ARGS=--upgrade takes newer releases)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH: pip install uv" >&2; exit 1; }
	@$(UV_COMPILE) pyproject.toml --extra test --extra dev --extra bench --extra mechanics \
	    --extra clinic --extra pdf \
	    --no-emit-package opensim --output-file $(LOCK) >/dev/null
	@$(UV_COMPILE) pyproject.toml requirements/test-core.in --constraint $(LOCK) \
	    --output-file $(CORE_LOCK) >/dev/null
	@if grep -nE 'https?://|file:' $(LOCK) $(CORE_LOCK); then \
	    echo "a lock names a host or a file" >&2; exit 1; fi

clean: ## remove the environments and everything made
	rm -rf $(VENV) $(CORE) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment is ready when its lock and then the package are installed. The lock is checked
# hash by hash; the package comes last and editable, without looking for anything more.
$(VENV)/.locked: $(LOCK)
$(CORE)/.locked: $(CORE_LOCK)
$(VENV)/.locked $(CORE)/.locked:
	@command -v $(PYTHON) >/dev/null || { echo "hipspine needs Python 3.11 or newer: no $(PYTHON) was found" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "hipspine needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -c 'import platform; print(platform.python_version())'). Try: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "$(PYTHON) cannot make environments; on Debian and Ubuntu: apt-get install $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" >&2; exit 1; }
	@echo "setup: installing $< into $(@D)"
	@$(@D)/bin/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python $(PIP_INSTALL) --require-hashes -r $<
	@touch $@

$(VENV)/.ready $(CORE)/.ready: %/.ready: %/.locked pyproject.toml
	@$(@D)/bin/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
