# What a newcomer types. Everything runs from .venv, which is made from hashed requirements.
PYTHON ?= python3
SCALE ?= 1
BIN := .venv/bin
INSTALL := @$(PYTHON) fiksreg/demo/install.py
EVERY_DAY := "not campaign and not contract"
WITH_PROCESSES := tests/faults tests/browser tests/fiksreg
NEAR_THE_POLICY := $(patsubst %,tests/roles/%,policy/test_field*.py policy/test_addressprotection.py policy/test_marks.py \
	policy/test_judging.py policy/test_canaries.py access disclosure) tests/lookup/test_meanwhile.py tests/lookup/test_wider_search.py \
	tests/lookup/test_register_state.py tests/citizenlists/test_download.py tests/citizenlists/orders/test_orderlimits.py
ON_SERVICES := $(BIN)/python -m tests.environment

.PHONY: demo compose test test-processes test-roles test-rest test-long coverage mutants mutants-near-the-gate mutants-policy contract check fix messages bench screenshots lock clean install-demo install-dev catalogues

## The whole product on this machine, with synthetic persons: http://127.0.0.1:8000
demo: install-demo
	@$(BIN)/python -m fiksreg.demo --with-parent

## The two files with made-up secrets that `docker compose --profile demo up` reads: .env and fiksreg.env
compose: install-demo
	@$(BIN)/python -m fiksreg.demo.compose

## Every test, in three parts side by side, each on services of its own: two of them wait more than they work
test: install-dev
	@$(BIN)/python -m tests.browser.chromium
	@$(MAKE) --no-print-directory --jobs 3 test-processes test-roles test-rest

test-processes:
	@$(BIN)/pytest --durations=10 -m $(EVERY_DAY) $(WITH_PROCESSES)

test-roles:
	@$(BIN)/pytest --durations=10 -m $(EVERY_DAY) tests/roles

test-rest:
	@$(BIN)/pytest --durations=10 -m $(EVERY_DAY) tests --ignore=tests/roles $(WITH_PROCESSES:%=--ignore=%)

## The seeded campaigns: faults, tampering, long property runs; SCALE=0.1 for a tenth of each
test-long: install-dev
	@SCALE=$(SCALE) $(BIN)/pytest -m campaign

## Every branch of the field policy, of access and of the gate is taken by a test near it
coverage: install-dev
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest --quiet $(NEAR_THE_POLICY)
	@$(BIN)/coverage report

## A seeded sample of single changes over all our rooms: the tests must notice (docs/mutants.md); SCALE=0.1 for a tenth
mutants: install-dev
	@SCALE=$(SCALE) $(BIN)/python -m tests.mutation rooms

## The same within access, the gate, the shared words and the columns of lists, where the tests must notice more
mutants-near-the-gate: install-dev
	@SCALE=$(SCALE) $(BIN)/python -m tests.mutation near-the-gate

## Every single change of the field policy: its own tests must notice
mutants-policy: install-dev
	@$(BIN)/python -m tests.mutation policy

## Against the facts about the register in ../shared, where that exists
contract: install-dev
	@if [ -d ../shared ]; then $(BIN)/pytest -m contract; else echo "CONTRACT TESTS NOT RUN: ../shared does not exist"; fi

## Form, types, arrows, names nobody uses, settings, migrations, templates, requirements
check: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(ON_SERVICES) test $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.namedpaths
	$(BIN)/python -m tests.unused
	$(ON_SERVICES) production $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(ON_SERVICES) test $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djlint --quiet --check templates
	$(BIN)/djlint --quiet --lint templates
	@if grep -n '://' requirements*; then echo "requirements must hold no address" >&2; exit 1; fi

## What check complains about and a program can put right
fix: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --quiet --reformat templates

## The catalogues under locale/, anew from the texts of the source; fill in the new ones and run it again
messages: install-dev
	@$(BIN)/python -m tests.translations
	@$(MAKE) --no-print-directory catalogues

## The benchmarks: a table, and a JSON line for each figure
bench: install-dev
	@$(BIN)/python -m tests.bench

## A picture of every page and state, by language, theme, width and for print: screenshots/
screenshots: install-dev
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/pytest --quiet tests/browser/screenshots.py

## The locked requirements, anew from the .in files
lock: install-dev
	@for name in requirements requirements-demo requirements-dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--no-header $$name.in --output-file $$name.txt || exit 1; \
	done

## Everything that was made here: demo data, virtual environment, caches
clean:
	@[ ! -f .demo/postgres/moved-to ] || rm -rf "$$(cat .demo/postgres/moved-to)"
	rm -rf .demo .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage mutants screenshots staticfiles

install-demo:
	$(INSTALL) requirements-demo.txt
	@$(MAKE) --no-print-directory catalogues

install-dev:
	$(INSTALL) requirements-dev.txt
	@$(MAKE) --no-print-directory catalogues

catalogues: $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po locale/django/*/LC_MESSAGES/*.po))

%.mo: %.po
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
