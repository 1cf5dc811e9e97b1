# Two commands, on a machine that has Python 3.11 or newer and make:
#
#   make run     everything on this machine, at http://127.0.0.1:8000/ (PORT, HOST)
#   make test    every check and every test; REQUIRE_ALL=1 fails where a service is missing
#
#   make install the environment alone, as a server needs it
#   make lock    resolve requirements.txt and requirements-dev.txt into requirements.lock
#   make clean   remove the environment; data in var/ is kept

PYTHON ?= python3
BIN := .venv/bin
# Touched when the environment is whole; older than the lock it is made anew.
READY := .venv/ready

# Compiled modules are made once, and another environment's variables stay out of ours.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONHOME
unexport VIRTUAL_ENV

.PHONY: run test install lock clean
.DEFAULT_GOAL := run

# `exec`: what make has started is the supervisor itself, and sees when make is gone.
run: $(READY)
	@exec $(BIN)/python manage.py serve

test: $(READY)
	@exec $(BIN)/python -m tests.run

install: $(READY)

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Folkmoot needs Python 3.11 or newer; name one: make run PYTHON=python3.11" >&2; \
		exit 1; }
	@echo "Making the environment in .venv ..."
	@$(PYTHON) -m venv --clear .venv || { \
		echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; \
		exit 1; }
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement .venv/uv.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode \
		--require-hashes --requirement requirements.lock
	@touch $@

lock: $(READY)
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" \
		--output-file requirements.lock requirements.txt requirements-dev.txt
	@touch $(READY)

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
