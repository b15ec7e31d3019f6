# One word per task. The first one sets .venv up from the lock files, which takes half a minute.
PYTHON ?= python3.11
BIN := .venv/bin
SETUP := .venv/.set-up
SQL := models analyses tests/dbt
# files stay whole, for their tests share what takes long to make
PARALLEL := -n 2 --dist loadfile --no-loadscope-reorder
CUSTOMERS ?= 10000 100000
HELPERS := $(addprefix benchmarks/, identity_score.py identity_truth.py plot.py worlds.py)
PARTS := $(filter-out benchmarks/night.py $(HELPERS), $(wildcard benchmarks/*.py))

.DEFAULT_GOAL := help
.PHONY: help setup spark demo test lint build docs figures bench parts

help:  ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

setup: $(SETUP)  ## Install Python packages, each checked against its hash

spark: $(SETUP)  ## Install Apache Spark beside it, 450 MB; needs Java 17 (docs/spark.md)
	@$(BIN)/uv pip install --quiet --no-deps --require-hashes -r requirements-spark.lock

demo: $(SETUP)  ## Write a made-up shop's exports into demo/ and publish their marts
	@$(BIN)/c360 demo-exports demo && $(BIN)/c360 nightly --exports demo/exports

test: $(SETUP)  ## Run the tests of Python, of conventions and of the whole night
	@$(BIN)/pytest $(PARALLEL)

lint: $(SETUP)  ## Check Python, SQL and YAML: style, types, every rule
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/yamllint --strict . && C360_WAREHOUSE=:memory: $(BIN)/sqlfluff lint $(SQL)

build: $(SETUP)  ## Build and test the landed warehouse with plain dbt
	@$(BIN)/dbt build

docs: $(SETUP)  ## Write target/static_index.html: every table, column, test and the lineage
	@$(BIN)/dbt docs generate --static

figures: $(SETUP)  ## Write the figures of the demo world into docs/ again
	@$(BIN)/python -m tests.project.figures

bench: $(SETUP)  ## Measure whole nights, step by step; CUSTOMERS="10000 100000 1000000" for more
	@$(BIN)/python benchmarks/night.py --customers $(CUSTOMERS) --plot docs/night.svg

parts: $(SETUP)  ## Measure how fast each part is by itself
	@for file in $(PARTS); do echo "$$file" && $(BIN)/python "$$file" || exit 1; done

$(SETUP): requirements-uv.lock requirements.lock pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.lock
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@
