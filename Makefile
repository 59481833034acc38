# Gongkai 公开: everything begins here; `make` alone lists the targets.
# Needed: git, make, Python ≥ 3.11. The rest comes by uv.lock and package-lock.json.

PORT   ?= 8000
STAGE  ?=
ONLY   ?=
UV     := .uv/$(shell sed -n 's/^required-version = "==\([^"]*\)".*/uv-\1/p' pyproject.toml)
VENV   := .venv/.synced
NPM    := node_modules/.installed
VENDOR := gongkai/frame/static/vendor/.copied
CSS    := gongkai/frame/static/css/.compiled
STYLES := $(wildcard gongkai/frame/styles/*.scss)
PY     := .venv/bin/python
MANAGE := .venv/bin/gongkai manage

.DEFAULT_GOAL := help
# the demo stands on a day of its plan's year, in a database of its own
demo: export GONGKAI_TODAY    ?= $(shell sed -n 's/^DAY = "\(.*\)"/\1/p' gongkai/demo/__init__.py)
demo: export GONGKAI_DATABASE ?= sqlite:///var/demo.sqlite3

.PHONY: help setup demo test quick bench screenshots clean

help: ## list the targets
	@echo "Gongkai 公开: make TARGET"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

setup: $(VENV) $(VENDOR) $(CSS) ## fetch everything that the lock files name
	@:

demo: setup ## a believable year on http://127.0.0.1:8000 (another port: make demo PORT=8080)
	@$(PY) -m scripts.port $(PORT)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) demo
	@exec .venv/bin/gongkai serve --port $(PORT)

test: setup ## all that CI runs, cheap first (one stage alone: make test STAGE=browser)
	@$(PY) -m scripts.check $(STAGE)

quick: setup ## the checks that take seconds: ruff, mypy, fast tests on SQLite
	@$(PY) -m scripts.check ruff mypy quick

bench: setup ## measure accuracy, time and memory (one alone: make bench ONLY=reader)
	@$(PY) -m bench $(ONLY)

screenshots: setup ## make the pictures of the README anew
	@$(PY) -m scripts.screenshots

clean: ## remove all that make has built, the demo's database included
	rm -rf .uv .venv node_modules static var $(dir $(VENDOR)) $(dir $(CSS)) .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(UV):
	@sh scripts/bootstrap.sh $(UV)

$(VENV): uv.lock pyproject.toml | $(UV)
	@UV_PYTHON_DOWNLOADS=never .uv/bin/uv sync --locked --quiet --python .uv/bin/python
	@touch $@

$(NPM): package-lock.json package.json .npmrc | $(VENV)
	@$(PY) -m scripts.assets install
	@touch $@

$(VENDOR): $(NPM) scripts/assets.py
	@$(PY) -m scripts.assets copy
	@touch $@

$(CSS): $(NPM) $(STYLES) scripts/assets.py
	@$(PY) -m scripts.assets compile
	@touch $@
