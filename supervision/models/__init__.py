"""What was counted, what it meant, and what must be put right."""

from supervision.models.measures import Alert, Judgement, Measure

__all__ = ["Alert", "Judgement", "Measure"]
