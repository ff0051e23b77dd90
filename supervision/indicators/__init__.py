"""Each indicator is one question about many places at once, asked as of any day."""

from supervision.indicators.catalogue import ALL, BY_NAME, MEASURED_BY, Indicator, measuring, tally
from supervision.indicators.questions import COUNTED, Question

__all__ = ["ALL", "BY_NAME", "COUNTED", "MEASURED_BY", "Indicator", "Question", "measuring", "tally"]
