# Koers. `make` alone tests everything; `make run` starts the assistant.
.PHONY: test run many-demo setup knowledge train lint vectors eval compare bench clean soak scaling cluster faults report
.DEFAULT_GOAL := test
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
# OpenMP threads that wait by spinning slow everything else down, and each other most of all.
export OMP_WAIT_POLICY := PASSIVE
export MPLCONFIGDIR := $(CURDIR)/.koers/matplotlib
PYTHON := .venv/bin/python

setup:
	@sh deploy/local/setup.sh

knowledge: setup
	@$(PYTHON) -m bot.preflight knowledge
	@$(PYTHON) -m knowledge

train: knowledge
	@$(PYTHON) -W ignore -m bot.train

run: train
	@exec $(PYTHON) -W ignore -m bot

many-demo: train
	@exec $(PYTHON) -W ignore -m deploy.many_demo

lint: setup
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

test: lint train
	@sh deploy/local/browser.sh
	@sh deploy/processes/install.sh --ci
	@$(PYTHON) -W ignore -m pytest

vectors: knowledge
	@$(PYTHON) -m bot.nlu.vector_pack

eval: train
	@$(PYTHON) -W ignore -m tests.evaluation

compare: train
	@$(PYTHON) -W ignore -m tests.comparison

bench: train
	@$(PYTHON) -W ignore -m tests.benchmark

soak: train
	@$(PYTHON) -W ignore -m tests.benchmark soak

scaling: train
	@$(PYTHON) -W ignore -m tests.synthetic

cluster: train
	@sh deploy/processes/install.sh
	@exec $(PYTHON) -W ignore -m deploy.processes.cluster --port $(or $(PORT),8080)

faults: train
	@sh deploy/processes/install.sh
	@$(PYTHON) -W ignore -m pytest tests/operations
	@$(PYTHON) -W ignore -m tests.operations.faults

report: setup
	@$(PYTHON) -W ignore -m bot.operations.reports

clean:
	rm -rf .venv .koers models nl_core_news_sm
