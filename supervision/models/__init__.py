"""What was counted, what it meant, what must be put right, and what was kept of it."""

from supervision.models.assignments import Assignment
from supervision.models.counts import Cells, Count, CountDay, Entry
from supervision.models.measures import Alert, Judgement
from supervision.models.records import Statistic, Trial

__all__ = ["Alert", "Assignment", "Cells", "Count", "CountDay", "Entry", "Judgement", "Statistic", "Trial"]
