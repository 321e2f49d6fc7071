# Meedoen: the few verbs. `make` alone prints them.
.DEFAULT_GOAL := help
PYTHON ?= python3
APP := .venv/bin/python
RASA := .venv-rasa/bin/python
ENVIRONMENTS := $(PYTHON) tools/environments.py
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: help run test test-slow check train evaluate bench simulate load faults fuzz screens sbom audit lock clean

help: ## print these verbs
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## install what is missing, train when needed, start everything (Ctrl-C stops it)
	@$(ENVIRONMENTS) app rasa
	@MEEDOEN_DEV=$${MEEDOEN_DEV-1} exec $(APP) -m assistant run

test: ## run all tests, with the real Rasa
	@$(ENVIRONMENTS) dev rasa
	@$(APP) -m assistant train
	@PYTHONPATH=. $(RASA) -m pytest tests/unit/nlu
	@$(APP) -m pytest --ignore tests/unit/nlu

test-slow: ## tests that train a model: minutes of both cores
	@$(ENVIRONMENTS) dev rasa
	@$(APP) -m assistant train
	@MEEDOEN_SLOW=1 $(APP) -m pytest tests/slow

check: ## style, types, layers, texts, training data
	@$(ENVIRONMENTS) dev rasa
	@$(APP) -m ruff check .
	@$(APP) -m ruff format --check .
	@$(APP) -m mypy
	@.venv/bin/lint-imports
	@$(APP) -m assistant check
	@PYTHONPATH=. $(APP) -m assistant.training.check_data
	@PYTHONPATH=. .venv-rasa/bin/rasa data validate --domain domain --data data/nlu data/rules

train: ## train a model when none fits the data
	@$(ENVIRONMENTS) app rasa
	@$(APP) -m assistant train

evaluate: ## measure the model on the held-out sentences of tests/nlu, report in models/reports
	@$(ENVIRONMENTS) app rasa
	@PYTHONPATH=. $(RASA) -m assistant.training.evaluate

bench: ## our understanding and server beside stock Rasa and others, in one run (long)
	@$(ENVIRONMENTS) app rasa
	@PYTHONPATH=. $(RASA) -m assistant.training.bench

simulate: ## 500 simulated people talk to the real house, report in models/reports
	@$(ENVIRONMENTS) dev rasa
	@PYTHONPATH=. $(APP) -m assistant.simulation --talks 500

load: ## turns a second, streams and a long run (SOAK=minutes, PACE=turns a second), beside stock Rasa; report in models/reports
	@$(ENVIRONMENTS) dev rasa
	@$(APP) -m assistant train
	@PYTHONPATH=. $(APP) -m assistant.load.run --soak $${SOAK-1} --soak-pace $${PACE-10}

faults: ## break things in running houses, and write what happened to models/reports/faults.md (minutes)
	@$(ENVIRONMENTS) dev rasa
	@$(APP) -m assistant train
	@MEEDOEN_FAULTS_TABLE=models/reports/faults.md $(APP) -m pytest -q tests/faults

fuzz: ## fuzz masking and every parser, EACH=60 seconds a target; report in models/reports/fuzz.md
	@$(ENVIRONMENTS) dev
	@PYTHONPATH=. $(APP) -m tests.fuzz.run --seconds $${EACH-60} --report models/reports/fuzz.md

screens: ## take the screenshots of docs/screens again
	@$(ENVIRONMENTS) dev
	@$(APP) -m tests.web.screens

sbom: ## list everything of others that we run (CycloneDX JSON) in var/sbom
	@$(ENVIRONMENTS) dev
	@$(APP) tools/sbom.py

audit: ## look up known leaks in every pinned package; ADVISORIES=folder when the index has no such pages
	@$(ENVIRONMENTS) dev
	@$(APP) tools/audit.py $${ADVISORIES:+--advisories $$ADVISORIES}

lock: ## resolve the dependency groups and write requirements/*.txt (versions and hashes, no addresses)
	@$(PYTHON) tools/lock.py

clean: ## forget environments, models and everything a running installation wrote
	@rm -rf .venv .venv-rasa .uv var models/*.tar.gz
