# `make help` lists the targets. Each works from a bare checkout.
SHELL := /bin/bash
PYTHON ?= python3
MANAGE := .venv/bin/python manage.py

.DEFAULT_GOAL := help
.PHONY: help setup

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install what the other targets need (quick when nothing changed)
	@$(PYTHON) hertsend/serve/installation.py
