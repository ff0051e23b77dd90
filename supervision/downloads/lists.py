"""The whole list behind a number, not only the page that is shown."""

from collections.abc import Iterator

from registry.models import Organisation
from supervision import boards, pages
from supervision.boards import Behind
from supervision.downloads import told
from supervision.downloads.told import Context
from supervision.exports.tables import Column, Export, Table

CHUNK = 2_000  # rows read at once


def behind(context: Context) -> Export:
    """`context` is that of `supervision.pages.behind`."""
    found: Behind = context["found"]
    rows = ((row["name"], row["place"], row["about"]) for page in _pages(found) for row in page)
    table = Table(found.words, (Column("名称"), Column("所在地", wide=True), Column("类型")), rows, size=found.total)
    notes = [f"{found.indicator.label}：{found.indicator.definition}。"]
    what = context["heading"].removeprefix(found.place.name)
    many = ("共", f"{found.total} 个")
    return told.export(found.place, found.on, context["now"], what, [table], notes, many)


def lists_organisations(context: Context) -> bool:
    """Whether the list names organisations: then it is noted who took it, whichever page was shown."""
    found: Behind = context["found"]
    return found.listed is Organisation


def _pages(found: Behind) -> Iterator[list[dict[str, str]]]:
    """The rows of the list in the words of the page, a stretch at a time."""
    asked, key = (found.place, found.indicator.name, found.side, found.on), ""
    while True:
        page = boards.behind(*asked, key, own=found.own, size=CHUNK)
        yield pages.behind(page, [])["rows"]
        if not (key := page.after):
            return
