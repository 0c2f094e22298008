# Every target does its own set-up and repeats none of it. `make` alone says what there is.

REGION ?=
MIRROR ?=
PORT ?= 8000
ATLAS_HOME ?= .atlas
ARGS ?=
export REGION MIRROR PORT ARGS CHROMIUM PYTHON

.PHONY: help setup run test check bench lock format clean
.DEFAULT_GOAL := help

help:
	@echo "make setup    prepare everything and stop"
	@echo "make run      build and serve a made-up county: [PORT=8000] [ATLAS_HOME=folder]"
	@echo "              or a region of England: REGION=rutland [MIRROR=folder]"
	@echo "make test     every test, also in a real browser: [ARGS='-k panel'] [CHROMIUM=program]"
	@echo "make check    format, lint, types, import contracts, unit tests"
	@echo "make bench    measurements, also as artefacts/bench.json: [ARGS=travel] [ARGS=--keep]"
	@echo "make format   lay out the Python code"
	@echo "make lock     lock the Python packages anew: [ARGS=--upgrade]"
	@echo "make clean    remove what was prepared; downloads and builds in .atlas stay"

setup:
	@scripts/python -m scripts.setup

run: export ATLAS_HOME := $(ATLAS_HOME)
run:
	@scripts/python -m scripts.run

test:
	@scripts/python -m scripts.tests

check:
	@scripts/python -m scripts.check

bench:
	@scripts/python -m scripts.bench

lock:
	@scripts/python -m scripts.lock

format:
	@scripts/python -m scripts.format

clean:
	rm -rf .venv .make artefacts frontend/node_modules frontend/dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
