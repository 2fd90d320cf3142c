# Relais. `make run` and `make test` are all a newcomer needs; the rest is for those who work on it.
PORT ?= 8000
ELASTICSEARCH_PORT ?= 19200
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
export PORT ELASTICSEARCH_PORT

.PHONY: run serve test test-postgres check elasticsearch test-elasticsearch bench install install-dev catalogues lock clean
.DEFAULT_GOAL := run

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.base

install: $(VENV)/.base
install-dev: $(VENV)/.dev

run: install ## the hub with its starting content, on http://localhost:$(PORT)
	@$(MANAGE) prepare --port $(PORT)
	@DJANGO_SETTINGS_MODULE=hub.settings.development $(BIN)/gunicorn hub.wsgi --bind 127.0.0.1:$(PORT) --threads 4 --reload --log-level warning

serve: export DJANGO_SETTINGS_MODULE = hub.settings.production
serve: export SECRET_KEY ?= $(shell cat var/secret_key 2>/dev/null)
serve: install ## the same hub as production runs it
	@DJANGO_SETTINGS_MODULE=hub.settings.development $(MANAGE) prepare --port $(PORT)
	@$(MANAGE) collectstatic --noinput -v0
	@SECRET_KEY="$${SECRET_KEY:-$$(cat var/secret_key)}" $(BIN)/gunicorn hub.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 2 --preload --log-level warning

test: install-dev ## the whole suite
	$(BIN)/python -m pytest

# What says the same on every database, or asks none.
NO_SQL := demo/test_broken_files.py demo/test_content_files.py test_admin_rights.py test_block_translation.py test_blocks.py \
	$(patsubst %,casestudies/test_%.py,closeness comparison counting dossier dossier_papers likeness \
	mentoring_race open_data) events/test_calendar.py events/test_words.py geography submissions/test_guard.py test_errors.py \
	$(patsubst %,guides/test_%.py,canary employer exports exports_office letter_hostile letter_journey letters objections \
	refusal replies situation savings_formula savings_letter savings_page task_table) \
	test_feeds.py test_fuzz.py test_honesty.py test_languages.py test_logs.py test_media.py test_operations.py \
	test_page_rights.py test_roles.py test_typography.py \
	$(patsubst %,search/test_%.py,answers asking contract embedded failing_well hostile kills passages pdf plan relevance \
	spelling views visit)

test-postgres: install-dev ## what touches the database, on PostgreSQL, by DATABASE_URL
	$(BIN)/python -m pytest -m "not browser and not elasticsearch" $(addprefix --ignore=tests/,$(NO_SQL))

check: install-dev ## lint, types, imports, migrations, catalogues, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) catalogues --check
	DJANGO_SETTINGS_MODULE=hub.settings.production BASE_URL=https://relais.example SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))") $(MANAGE) check --deploy --fail-level WARNING

catalogues: install-dev ## read the words of the interface again (needs gettext)
	$(MANAGE) catalogues

elasticsearch: ## a real Elasticsearch for tests, on 127.0.0.1 (docs/elasticsearch.md)
	tests/elasticsearch-server start

test-elasticsearch: install-dev elasticsearch ## the search tests on that server: contract, relevance, faults, kills
	TEST_ELASTICSEARCH_URL=http://127.0.0.1:$(ELASTICSEARCH_PORT) $(BIN)/python -m pytest -m elasticsearch tests/search

bench: install-dev ## cost of the main pages and of search, beside their bars, in one run
	$(BIN)/python -m tests.bench

lock: install-dev ## resolve pyproject.toml again, for Python 3.11.0 and up
	$(BIN)/uv pip compile -q -p 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile -q -p 3.11 --generate-hashes --no-emit-index-url pyproject.toml --group dev -o requirements/dev.txt

clean:
	rm -rf $(VENV) var
