"""Pages of a list: by position for short worklists, by key for the register."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Q, QuerySet

DEEPEST = 200
CAP = 1000


def page_of(rows: QuerySet, number: str | None, size: int) -> Page:
    """Page `number` of a list; the first for anything that is not a page."""
    pages = Paginator(rows, size)
    try:
        return pages.page(min(int(number or 1), DEEPEST) if str(number or 1).isascii() else 1)
    except (InvalidPage, ValueError):
        return pages.page(1)


@dataclass(frozen=True)
class KeyPage:
    """One page of a list ordered by (place_code, id), and the keys of its neighbours."""

    rows: list[Any]
    previous: str
    next: str
    total: str

    def __iter__(self):
        return iter(self.rows)


def key_page(rows: QuerySet, *, after: str = "", before: str = "", size: int = 50) -> KeyPage:
    """A page of rows ordered by (place_code, id), found by key: the 1,000th costs what the first costs.

    `after` and `before` are keys "place_code-id" of a neighbour; a key that cannot be read is ignored.
    """
    after_key, before_key = _key(after), _key(before)
    if before_key and not after_key:
        found = list(rows.filter(_less(*before_key)).order_by("-place_code", "-id")[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return _page(found, rows, has_previous=more, has_next=True)
    if after_key:
        rows_after = rows.filter(_more(*after_key))
    else:
        rows_after = rows
    found = list(rows_after.order_by("place_code", "id")[: size + 1])
    return _page(found[:size], rows, has_previous=bool(after_key), has_next=len(found) > size)


def _page(found: list[Any], rows: QuerySet, *, has_previous: bool, has_next: bool) -> KeyPage:
    first = f"{found[0].place_code}-{found[0].pk}" if found and has_previous else ""
    last = f"{found[-1].place_code}-{found[-1].pk}" if found and has_next else ""
    return KeyPage(found, first, last, capped(rows))


def capped(rows: QuerySet) -> str:
    """How many rows, counted to a thousand: beyond that the exact number costs more than it tells."""
    many = rows.order_by()[: CAP + 1].count()
    return f"{CAP} 多" if many > CAP else str(many)


def _key(text: str) -> tuple[str, int] | None:
    code, _, number = text.partition("-")
    valid = len(code) == 12 and code.isascii() and code.isdigit() and number.isascii() and number.isdigit()
    return (code, int(number)) if valid and len(number) < 19 else None


def _more(code: str, number: int) -> Q:
    return Q(place_code__gte=code) & (Q(place_code__gt=code) | Q(id__gt=number))


def _less(code: str, number: int) -> Q:
    return Q(place_code__lte=code) & (Q(place_code__lt=code) | Q(id__lt=number))
