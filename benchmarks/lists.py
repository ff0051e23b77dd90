"""Page 1 and page 10,000 of a long list by key, and by OFFSET for comparison."""

from benchmarks.timing import line, median
from registry.models import Organisation
from registry.paging import key_page

PAGE, DEEP = 50, 10_000


def measure() -> list[str]:
    """The list of organisations of the nation, fifty rows a page."""
    rows = Organisation.objects.order_by("place_code", "id")
    deep = min(DEEP, rows.count() // PAGE)
    if deep < 2:
        return ["list of organisations: too few for a second page"]
    before = rows[(deep - 1) * PAGE - 1]
    shown, key = Organisation.objects.select_related("place__parent"), f"{before.place_code}-{before.pk}"
    _, first = median(lambda: key_page(shown).rows, 15)
    _, last = median(lambda: key_page(shown, after=key).rows, 15)
    start = (deep - 1) * PAGE
    _, offset = median(lambda: list(shown.order_by("place_code", "id")[start : start + PAGE]), 5)
    return [
        "list of organisations of the nation, 50 rows a page",
        line("page 1", first),
        line(f"page {deep:,} by key", last, f"deep / first = {last / first:.2f}"),
        line(f"page {deep:,} by OFFSET, for comparison", offset, f"offset / key = {offset / last:.1f}"),
    ]
