# On a fresh machine this needs Python 3.11 or newer, make and git. `make` alone lists the verbs.

PY := .venv/bin/python
READY := .venv/ready
TIMED := $(PY) .ci/timed
SOURCES := engine ui tests $(wildcard app.py pages/*.py)

help:  ## list these verbs
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: $(READY)  ## serve the app on http://localhost:8501 (PORT=... for another port)
	@exec $(PY) -m ui.launch

test: $(READY)  ## prove everything and say what each part took (ARGS="-k word" for some tests)
	@$(TIMED) browser .ci/browser
	@$(MAKE) --no-print-directory lint check
	@$(TIMED) tests $(PY) -m pytest -n auto --maxprocesses 4 $(ARGS)

setup: $(READY)  ## make .venv ready for scripts
	@echo ".venv is ready: $$($(PY) --version)"

lint: $(READY)  ## style, types and layers
	@$(TIMED) style $(PY) -m ruff check --quiet --output-format concise
	@$(TIMED) format $(PY) -m ruff format --check --quiet
	@$(TIMED) types $(PY) -m mypy $(SOURCES)
	@$(TIMED) layers .venv/bin/lint-imports --no-logo

check: $(READY)  ## prove the knowledge alone
	@$(TIMED) knowledge $(PY) -m engine check

schema: $(READY)  ## write the JSON Schema of the knowledge files to docs/schema, for editors
	@$(PY) -m engine schema

vocabulary: $(READY)  ## read the names in Google's own packages into knowledge/vocabulary (a large download)
	@$(PY) .ci/vocabulary

i18n: $(READY)  ## bring the screens' words in ui/locale up to date
	@.ci/i18n

bench: $(READY)  ## measure what a person waits for
	@$(PY) .ci/bench

pictures: $(READY)  ## photograph the app for the README
	@PYTHONPATH=. $(PY) .ci/pictures

$(READY): requirements.txt constraints.txt
	@.ci/setup

.PHONY: help run test setup lint check schema vocabulary i18n bench pictures
