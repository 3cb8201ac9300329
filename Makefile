# Every need has one command; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
SHELL := /bin/bash
.DEFAULT_GOAL := help

.PHONY: help run test lint format bench fit-kinds fit-likeness verify-full evaluate gate fit notebooks lock sbom audit docs wheel clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Vraagwijzer needs Python 3.11 or newer; $(PYTHON) is older or missing. Install it: apt-get install python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make a virtual environment. Install it: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run ## install and serve the chat page
	$(BIN)/vraagwijzer serve --port $(PORT)

test: $(VENV)/.dev ## run all tests; installs Chromium when root
	@tools/chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST)

verify-full: $(VENV)/.dev ## all tests in their long form: hours; add yours with the marker `full`
	@tools/chromium
	VRAAGWIJZER_FULL=1 VRAAGWIJZER_REQUIRE_ALL=1 VRAAGWIJZER_KILLS=100 VRAAGWIJZER_BACKUPS=20 VRAAGWIJZER_CLAIMS=100 VRAAGWIJZER_PACE_SECONDS=600 \
	  $(BIN)/python -m pytest $(PYTEST)

lint: $(VENV)/.dev ## format, style, types and imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/validate-pyproject pyproject.toml

format: $(VENV)/.dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluate: $(VENV)/.run ## measure match quality on both evaluation sets
	$(BIN)/vraagwijzer evaluate

fit-kinds: $(VENV)/.run ## learn the kinds of chat messages anew
	$(BIN)/python -c "from assistant.message_kinds import refit; refit()"

fit-likeness: $(VENV)/.run ## learn anew how alike two questions are
	$(BIN)/python -c "from assistant.likeness_training import refit; refit()"

gate: $(VENV)/.run ## fail when answers are worse than the stored baseline
	$(BIN)/vraagwijzer gate --baseline corpus/loyale_tegenspraak/evaluation/baseline.json --samples 200

bench: $(VENV)/.dev ## lay quality and speed beside other tools; takes a quarter of an hour
	$(BIN)/python -m benchmarks.run

fit: $(VENV)/.run ## learn the shipped model anew, after a change of corpus or matcher
	rm -f assistant/fitted/*.npz
	$(BIN)/python -c 'from assistant.cache import ship_model; ship_model()'

notebooks: $(VENV)/.dev ## run the notebooks and store what they show
	$(BIN)/python tools/notebooks.py

lock: $(VENV)/.dev ## write the locked, hashed dependencies anew
	echo "setuptools>=77" | $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml - -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" --group dev -c requirements.txt -o requirements-dev.txt

sbom: $(VENV)/.dev ## write a CycloneDX bill of materials of what runs, in dist/
	@mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible -o dist/vraagwijzer.cdx.json

audit: $(VENV)/.dev ## look for known weaknesses in dependencies; says so when it could not
	@$(BIN)/python tools/audit

docs: $(VENV)/.run ## write docs/commands.md anew
	$(BIN)/python -c 'from assistant.cli import build_parser; from assistant.commands.reference import reference; print(reference(build_parser()), end="")' > docs/commands.md

wheel: $(VENV)/.dev ## build the wheel in dist/
	$(BIN)/python -m build --wheel

clean: ## remove what was built
	rm -rf $(VENV) build dist *.egg-info
