# Meedoen: the few verbs. `make` alone prints them.
.DEFAULT_GOAL := help
PYTHON ?= python3
APP := .venv/bin/python
RASA := .venv-rasa/bin/python
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: help run test check train bench lock clean

help: ## print these verbs
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## install what is missing, train when needed, start everything (Ctrl-C stops it)
	@$(PYTHON) tools/environments.py app rasa
	@MEEDOEN_DEV=$${MEEDOEN_DEV-1} exec $(APP) -m assistant run

test: ## run all tests, with the real Rasa
	@$(PYTHON) tools/environments.py dev rasa
	@$(APP) -m assistant train
	@PYTHONPATH=. $(RASA) -m pytest -p no:asyncio tests/unit/nlu
	@$(APP) -m pytest --ignore tests/unit/nlu

check: ## style, types, layers, data
	@$(PYTHON) tools/environments.py dev rasa
	@$(APP) -m ruff check .
	@$(APP) -m ruff format --check .
	@$(APP) -m mypy
	@.venv/bin/lint-imports
	@PYTHONPATH=. .venv-rasa/bin/rasa data validate --domain domain --data data/nlu data/rules

train: ## train a model when none fits the data
	@$(PYTHON) tools/environments.py app rasa
	@$(APP) -m assistant train

lock: ## resolve the dependency groups again and write requirements/*.txt (versions and hashes, no addresses)
	@$(PYTHON) tools/lock.py

clean: ## forget environments, models and everything a running installation wrote
	@rm -rf .venv .venv-rasa .uv var models/*.tar.gz
