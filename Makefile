PYTHON ?= python3
DEV := $(PYTHON) -B -m dev

.PHONY: run test lint setup clean
.DEFAULT_GOAL := run

run: ## Odoo with the addons and demo data on http://localhost:8069
	@$(DEV) run

test: ## lint, then every test against a real database and a real browser; TESTS="..." narrows
	@$(DEV) test

lint: ## ruff, pylint-odoo, Odoo's own test_lint, ESLint, views, translations
	@$(DEV) lint

setup: ## what run and test need, nothing started
	@$(DEV) setup

clean: ## remove everything that was made
	@$(DEV) clean
