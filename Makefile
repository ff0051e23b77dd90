# Only names: the work is done by portal/bootstrap/. Without make: python3 -m portal.bootstrap COMMAND
# More words for a command: make test ARGS="-k names"
PYTHON ?= python3
COMMANDS := help run test lint fmt bench demo demo-reset worker test-pg e2e fuzz
.DEFAULT_GOAL := help
.PHONY: $(COMMANDS)
$(COMMANDS): ; @exec $(PYTHON) -m portal.bootstrap $@ $(ARGS)
