"""Each indicator is one question about many places at once, asked as of any day."""

from supervision.indicators.catalogue import ALL, BY_NAME, MEASURED_BY, measuring, tally
from supervision.indicators.indicator import NOTHING, Cell, Indicator
from supervision.indicators.questions import COUNTED, HEAD, Question

__all__ = [
    "ALL",
    "BY_NAME",
    "COUNTED",
    "HEAD",
    "MEASURED_BY",
    "NOTHING",
    "Cell",
    "Indicator",
    "Question",
    "measuring",
    "tally",
]
