# Each target does its own set-up. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
WORKERS ?= 3
ONLY ?= *

export RASA_TELEMETRY_ENABLED := false
# Where Python is told to keep no bytecode, every process would compile Rasa anew: half of a start.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONWARNINGS ?= ignore
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help python install install-dev run cluster train chat check test test-unit test-stories test-channels \
	test-browser test-deploy test-faults test-records load bench bench-million lock format screenshots drawings \
	mutants

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

python:
	@if ! $(PYTHON) -c 'from __future__ import annotations' 2>/dev/null; then \
		echo "backchat: Python 3.11 is needed; name it with make PYTHON=/path/to/python3.11." >&2; exit 1; \
	fi

install: python ## Create the environment only
	@$(PYTHON) scripts/bootstrap.py

install-dev: python
	@$(PYTHON) scripts/bootstrap.py --dev

cluster: install-dev ## Run two servers behind a proxy, with PostgreSQL and Redis, to try it out
	@$(BIN)/backchat cluster

run: install ## Serve the bot and its page (installs and trains first where needed)
	@$(BIN)/backchat serve

train: install ## Train the model if the training data changed
	@$(BIN)/backchat train

chat: install ## Talk in the terminal
	@$(BIN)/backchat chat

drawings: install ## Draw the stretches into var/drawings, to look at them
	@$(BIN)/backchat drawings var/drawings

format: install-dev ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

check: install-dev ## Format, lint, types, import rules, training data
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/rasa data validate --fail-on-warnings 2>&1 | grep -v "is not used in any story or rule"

test: install-dev ## Every test
	@$(PYTHON) scripts/bootstrap.py --dev --browser
	@$(BIN)/backchat train
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder
	@$(MAKE) --no-print-directory test-stories

test-unit: install-dev ## The pure rooms: clinical, knowledge, language, settings
	$(BIN)/python -m pytest tests/unit tests/clinical tests/knowledge tests/language tests/illustration

test-records: install-dev ## The conversation log, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest tests/records

test-faults: install-dev ## Several servers, everything that can break, and attacks
	@$(BIN)/backchat train
	$(BIN)/python -m pytest tests/faults tests/cluster tests/security

load: install-dev ## Fifty people talking for five minutes, with one server and with a cluster
	@$(BIN)/backchat train
	LOAD_SECONDS=300 $(BIN)/python -m pytest tests/load

bench: install-dev ## Measure against Rasa's starter bot (a quarter of an hour; ARGS=--strict fails on a missed target)
	@$(BIN)/python -m benchmarks.bench $(ARGS)

bench-million: install-dev ## Measure the log with a million messages (ARGS=URL of an empty PostgreSQL database)
	@$(BIN)/python -m benchmarks.million $(ARGS)

test-deploy: install-dev ## The image, the manifests, the dashboard and the manuals
	$(BIN)/python -m pytest tests/deploy tests/observability

test-stories: install-dev ## Conversation test stories
	@$(BIN)/backchat train
	$(BIN)/python scripts/test_stories.py

test-channels: install-dev ## Whole conversations over the real channels
	@$(BIN)/backchat train
	$(BIN)/python -m pytest tests/channels

test-browser: install-dev ## The page in a real browser
	@$(PYTHON) scripts/bootstrap.py --dev --browser
	@$(BIN)/backchat train
	$(BIN)/python -m pytest tests/browser

mutants: install-dev ## Change the clinical rules bit by bit: which change does no test notice? (ONLY=MODULE)
	@rm -rf var/mutants && mkdir -p var/mutants && cp -rp pyproject.toml backchat tests var/mutants
	cd var/mutants && ../../$(BIN)/mutmut run --max-children $(WORKERS) 'backchat.clinical.$(ONLY).*'
	@cd var/mutants && ../../$(BIN)/mutmut results | sed '/not checked/d'

screenshots: install-dev ## Take the pictures of the documentation from a running bot (ADDRESS=http://HOST:PORT)
	$(BIN)/python scripts/screenshots.py $(ADDRESS)

lock: ## Resolve the dependencies of pyproject.toml into the hashed locks
	$(BIN)/uv lock --quiet
	$(BIN)/uv export --quiet --frozen --no-header --no-emit-project --no-dev --format requirements-txt -o requirements.lock
	$(BIN)/uv export --quiet --frozen --no-header --no-emit-project --only-group dev --format requirements-txt -o requirements-dev.lock
	@rm uv.lock
