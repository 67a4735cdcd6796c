# Prevention in Practice. `make site` builds what readers get, `make test` proves it; both set up what they need.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLED := $(VENV)/.tooled
SITE := site
PACK ?= handbook
PORT ?= 8000

# What is checked for British spelling; sources, contacts and national law keep the words of others.
PROSE := docs README.md CHANGELOG.md CONTRIBUTING.md $(filter-out data/sources.yml data/contacts.yml data/national-law.yml,$(wildcard data/*.yml)) $(wildcard data/*/)

# The same commit gives the same bytes: dates in the build come from the last commit, not from the clock. Where git knows
# of none, they come from the newest review.
COMMITTED := $(shell git log -1 --format=%ct 2>/dev/null)
ifneq ($(COMMITTED),)
export SOURCE_DATE_EPOCH ?= $(COMMITTED)
endif
export NO_MKDOCS_2_WARNING := 1

# Python takes no module from the folder that it is started in, where a file may be called as what it looks for.
export PYTHONSAFEPATH := 1

# Tests start commands hundreds of times, so Python keeps what it has compiled, even where it is told not to.
unexport PYTHONDONTWRITEBYTECODE

# What a command has said is enough. Ended like this, make adds no line of its own ("*** [check] Error 1"), which would
# hide it, and still tells whoever started it that it failed.
OR_END := || { kill -PIPE $$PPID; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help setup site pdf serve check test test-slow fuzz lint advisories bench lock clean setup-system setup-slow

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "To begin, move, remove, review or compare pages: $(BIN)/handbook new, move, remove, review, diff; each knows --help."

setup: $(TOOLED) setup-system ## Install everything, from the lock files

INSTALL := -m pip install --quiet --disable-pip-version-check --no-deps --use-pep517

# What builds the site, and no more.
$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or later is missing: install it, or name it with 'make PYTHON=/path/to/python3'."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's 'venv' is missing: install it (on Debian: apt install python3-venv)."; exit 1; }
	@echo "Setting up $(VENV) from the lock file …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(INSTALL) --require-hashes --requirement requirements.txt
	@$(BIN)/python $(INSTALL) --no-build-isolation --editable .
	@touch $@

# What tests and checks it.
$(TOOLED): $(READY) requirements-dev.txt
	@echo "Adding what the tests need …"
	@$(BIN)/python $(INSTALL) --require-hashes --requirement requirements-dev.txt
	@touch $@

# Programs that tests use, each with Debian's package for it, or two of which one will do: a browser, poppler and qpdf to read
# PDFs back, Java for EPUBCheck, a web server, another day for builds.
TOOLS := chromium-headless-shell,chromium:chromium-headless-shell pdftotext:poppler-utils qpdf:qpdf java:default-jre-headless nginx:nginx-light faketime:faketime

setup-system:
	@missing=""; PATH="$$PATH:/usr/sbin"; \
	for tool in $(TOOLS); do \
	  for name in $$(echo "$${tool%:*}" | tr , ' '); do command -v "$$name" >/dev/null && continue 2; done; \
	  missing="$$missing $${tool#*:}"; \
	done; \
	[ -z "$$missing" ] || if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing for the tests:$$missing …"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $$missing >/dev/null; \
	else \
	  echo "The tests need programs that are not here. Install these packages (on Debian: apt install$$missing)."; exit 1; \
	fi

# For the slow tests, browsers of two other engines, a screen that nobody sees for one of them, a word processor, and npm.
setup-slow test-slow: TOOLS += firefox:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb soffice:libreoffice-writer-nogui npm:npm
setup-slow: setup-system

site: $(READY) ## Build the site into site/
	@$(BIN)/handbook build --site-dir $(SITE) $(OR_END)

pdf: $(READY) ## Print a pack of data/packs.yml, as in make pdf PACK=prisons
	@$(BIN)/handbook pdf --pack $(PACK) $(OR_END)

serve: $(READY) ## Show the site while you write, on http://127.0.0.1:8000 or, as in make serve PORT=8001, elsewhere
	@$(BIN)/mkdocs serve --dirty --no-strict --dev-addr 127.0.0.1:$(PORT) $(OR_END)

SPELL := $(BIN)/codespell --ignore-words spelling/words.txt --dictionary - --dictionary spelling/british.txt $(PROSE)
RIGHT_WORDS := A word that is right all the same goes into spelling/words.txt, in small letters and on a line of its own.

check: $(READY) ## Check data and pages, and their spelling
	@status=0; $(BIN)/handbook check || status=1; \
	$(SPELL) || { status=1; echo "$(RIGHT_WORDS)"; }; \
	[ $$status = 0 ] $(OR_END)

test: setup ## Run all tests that are for every day, those in the browser too
	@$(BIN)/pytest --numprocesses auto

test-slow: setup ## Run what is too long for every day: every page, other browsers, every place to be killed at (needs npm)
	@umask 077; LC_ALL=C $(BIN)/pytest --numprocesses auto tests/cli tests/editing tests/publishing
	@npm ci --loglevel error --no-audit --no-fund --prefix tests/node >/dev/null
	@$(BIN)/pytest --numprocesses auto -m slow

fuzz: $(TOOLED) ## Try ten thousand bad inputs of each sort; takes about an hour
	@HYPOTHESIS_PROFILE=long $(BIN)/pytest tests/checks/test_inputs.py tests/parsing

lint: $(TOOLED) ## Check the code's style and types, and the spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/mypy .github/scripts/*.py
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/handbook schema --check
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/*-*.yml
	@$(BIN)/zizmor --quiet --offline --persona pedantic --strict-collection .github
	@$(SPELL)
	@$(BIN)/codespell --ignore-words spelling/words.txt handbook macros.py benchmarks $(wildcard tests/*.py tests/*/*.py tests/*/*/*.py)

advisories: $(TOOLED) ## Ask whether a flaw is known of anything that is installed (needs npm)
	@status=0; for lock in requirements.txt requirements-dev.txt benchmarks/requirements.txt; do \
	  $(BIN)/pip-audit --strict --progress-spinner off --disable-pip --require-hashes --requirement $$lock || status=1; \
	done; npm audit --prefix tests/node || status=1; exit $$status

bench: $(TOOLED) .venv-bench/.ready ## Measure, side by side with peers
	@status=0; for part in check shapes build serve pdf; do \
	  printf '\n%s\n\n' "$$part"; PYTHONSAFEPATH= $(BIN)/python -m benchmarks.$$part || status=1; \
	done; exit $$status

.venv-bench/.ready: benchmarks/requirements.txt
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python $(INSTALL) --require-hashes --requirement $<
	@touch $@

lock: $(TOOLED) ## Renew the lock files
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	  --group build --group kiwix --group spelling --output-file requirements.txt pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	  --group dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	  --group bench --constraint requirements.txt --output-file benchmarks/requirements.txt

clean: ## Delete what was built and installed
	@rm -rf $(VENV) .venv-bench $(SITE) .site-* .mypy_cache .pytest_cache .ruff_cache .coverage
