"""What if: an edited copy of one policy document held against the live register. Nothing is written."""

from supervision.trials.running import Asked, documents, listing, run, variable

__all__ = ["Asked", "documents", "listing", "run", "variable"]
