"""Targets and judgements for other systems."""
