# Thin calls of the CLI. The only thing make itself does is install what the lock files name.
.DEFAULT_GOAL := help
.PHONY: help up down test check bench

carebase := .venv/bin/python -m carebase_cli

help:
	@echo "make up     install, start the local stack, migrate, seed, run the demo"
	@echo "make test   run every check and test (lint, drift, types, tests), on throw-away databases"
	@echo "make check  what CI runs: the same"
	@echo "make bench  run the benchmarks"
	@echo "make down   stop the local stack"

.venv/installed: requirements.lock pyproject.toml
	@echo "Installing Python packages (about a minute the first time) ..."
	@python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/installed: package-lock.json package.json .npmrc
	@echo "Installing npm packages (about a minute the first time) ..."
	@npm ci --loglevel=error --no-progress
	@touch $@

up: .venv/installed node_modules/installed
	@$(carebase) up --demo

down: .venv/installed
	@$(carebase) down

test: .venv/installed node_modules/installed
	@$(carebase) test

check: test

bench: .venv/installed node_modules/installed
	@$(carebase) bench
