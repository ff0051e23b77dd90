"""How cases of a kind ended in a place within a year, place by place up to the nation: asked as far as needed."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Count, DurationField, ExpressionWrapper, QuerySet, Value, When
from django.db.models.functions import Substr

from registry import codes
from registry.codes import NATION
from registry.models import CLOSED
from registry.scope import within
from supervision import forecasts
from supervision.boards import feeds
from supervision.forecasts import YEAR, History

WHERE = {5: "本社区（村）", 4: "本街道（乡镇）", 3: "本区县", 2: "本市", 1: "本省（区、市）", 0: "全国"}
Histories = dict[tuple[str, str], History]


@dataclass
class Experience:
    """What is known of cases decided in the year up to a day: (leading digits of a place, kind) → history."""

    on: dt.date
    known: Histories = field(default_factory=dict)
    inside: str | None = None

    def of(self, code: str, kind: str) -> tuple[str, History] | None:
        """The nearest place on the way up that has decided enough; one statement a place that is not known yet."""
        levels = [*codes.lineage(code), *([NATION] if code != NATION else [])]
        return forecasts.experience((WHERE[codes.level(one)], self._history(one, kind)) for one in levels)

    def prepare(self, code: str) -> None:
        """Everything of a place from its streets up, in one statement. What was known of other places but the nation
        is forgotten, so that a night needs no more room for the nation than for a province."""
        self.inside = codes.prefix(code)
        self.known = {key: history for key, history in self.known.items() if not key[0]}
        widths = [width for width in codes.WIDTHS[:4] if width >= len(self.inside)]
        rows = _decided(self.on).filter(within([code]))
        for (head, kind), history in _grouped(rows, codes.WIDTHS[3]).items():
            for width in widths:
                key = head[:width], kind
                self.known[key] = self.known.get(key, History()).plus(history)

    def _history(self, code: str, kind: str) -> History:
        head = codes.prefix(code)
        prepared = self.inside is not None and head.startswith(self.inside)
        if (head, kind) not in self.known and not prepared:
            rows = _decided(self.on)
            found = _grouped(rows if code == NATION else rows.filter(within([code])), len(head))
            self.known |= {(head, one): found.get((head, one), History()) for one in feeds.LABELS}
        return self.known.get((head, kind), History())


def _decided(on: dt.date) -> QuerySet:
    rows = feeds.handed_in(tuple(feeds.LABELS), on).filter(state__in=CLOSED)
    return rows.filter(closed_at__gte=feeds.midnight(on, 1 - YEAR), closed_at__lt=feeds.midnight(on, 1))


def _grouped(rows: QuerySet, width: int) -> Histories:
    """(first digits, kind) → history, in one statement."""
    won = Case(When(feeds.granted(), then=True), default=False, output_field=BooleanField())
    taken = ExpressionWrapper(feeds.days_taken(), output_field=DurationField())
    head = Substr("place_code", 1, width) if width else Value("")
    grouped = rows.annotate(head=head, won=won, taken=taken).order_by().values("head", "kind", "won", "taken")
    found: Histories = {}
    for head_, kind, is_granted, days, many in grouped.values_list("head", "kind", "won", "taken", Count("pk")):
        history = found.setdefault((head_, kind), History())
        history.granted.update(Counter({days.days: many}) if is_granted else {})
        history.failed += 0 if is_granted else many
    return found
