PYTHON ?= python3
DEV := $(PYTHON) -B -m dev

.PHONY: run test lint bench load soak setup clean
.DEFAULT_GOAL := run

run: ## Odoo with the addons and demo data on http://localhost:8069
	@$(DEV) run

test: ## lint, and every test against a real database and a real browser; TESTS="..." narrows
	@$(DEV) test

lint: ## ruff, pylint-odoo, Odoo's own test_lint, ESLint, views, translations
	@$(DEV) lint

bench: ## measure what was promised about speed, beside its goals; BENCH="jalali_groups" narrows
	@$(DEV) bench

load: ## fifty-eight people at work for five minutes on two workers; LOAD=60 for one
	@$(DEV) load

soak: ## the long random runs, hours; SOAK="tests/rules" narrows
	@$(DEV) soak

setup: ## what run and test need, nothing started
	@$(DEV) setup

clean: ## remove everything that was made
	@$(DEV) clean
