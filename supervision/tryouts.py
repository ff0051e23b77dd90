"""What the pages of trials are given: finished tables, with the address of the list behind each number."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from portal.templatetags.portal import moment
from registry.models import Jurisdiction
from registry.paging import key_page
from supervision import figures, pages, trying
from supervision.exports.tables import Export, Table
from supervision.forms.trials import AskForm, ValuesForm
from supervision.models import Trial
from supervision.trials import outcome, reach, running
from supervision.trials.outcome import Json, Outcome
from supervision.trials.running import Asked

WORDS = {"registered": "登记", "filed": "备案", "street_managed": "街道（乡镇）管理", "community_guided": "社区指导"}
STOOD = {"registered": "已登记", "filed": "已备案", "listed": "社区指导（已列名）"}


def around(place: Jurisdiction, offices: list[str], last: str = "") -> Json:
    """Where a page of trials stands."""
    crumbs = pages.crumbs(place, offices, "", leaf=False)
    inner = [{"label": "政策测算", "url": reverse("supervision:trial", args=[place.code]) if last else ""}]
    return {"place": place, "crumbs": [*crumbs, *inner, *([{"label": last, "url": ""}] if last else [])]}


def asked(place: Jurisdiction, ask: AskForm, values: ValuesForm) -> Asked:
    """The trial two valid forms ask for."""
    said = ask.cleaned_data
    return Asked(place, said["on"], values.pack, values.values, said["reading"])


def query(ask: AskForm, values: ValuesForm) -> str:
    """The question again, as short as it can be."""
    found = QueryDict(mutable=True)
    said = ask.cleaned_data
    found.update({"document": said["document"], "on": said["on"].isoformat(), "reading": said["reading"]})
    for name, given in values.asked().items():
        found.setlist(name, given)
    return found.urlencode()


def shown(found: Outcome, listing: str = "") -> Json:
    """The results of a trial; with `listing` (an address and its question) numbers lead to their organisations."""
    tables = [_table(table) for table in outcome.tables(found.changes, found.result)]
    for table in tables:
        if table["title"] == "会改变的组织" and listing:
            _link(table, found.result, listing)
    own = found.result["targets"]["own"]
    turned = sum(1 for held in own if held["turned"])
    below = len(found.result["targets"]["below"])
    return {
        "tables": tables,
        "notes": outcome.notes(found.result),
        "summary": _summary(found.result, turned, below),
        "looked": found.result["looked"],
    }


def _summary(result: Json, turned: int, below: int) -> list[str]:
    """The answer in a few lines."""
    moved = sum(sum(place["counts"].values()) for place in result["places"])
    cases, looked = result["cases"], result["looked"]
    opened, drafts, handed = cases["drafts"] + cases["handed"], cases["drafts"], cases["handed"]
    lines = [
        f"本地有 {turned} 项目标的结论或到期情况会变，下级有 {below} 个地方会变。",
        f"核对了 {looked} 个组织，其中 {moved} 个会改变。" if looked else "改动不涉及组织的登记条件。",
        f"办理中的 {opened} 件里，草稿 {drafts} 件提交时按新规定判断，已提交的 {handed} 件仍按原版本。",
    ]
    return [*lines, f"另有 {cases['beyond']} 件没有逐件核对。"] if cases["beyond"] else lines


def _table(table: Table) -> Json:
    counted = [isinstance(cell, int) for cell in next(iter(table.rows), ())]
    columns = [{"label": column.label, "num": num} for column, num in zip(table.columns, counted, strict=True)]
    rows = [[{"text": str(cell), "href": "", "num": isinstance(cell, int)} for cell in row] for row in table.rows]
    return {"title": table.title, "columns": columns, "rows": rows}


def _link(table: Json, result: Json, listing: str) -> None:
    names, codes = outcome.used(result), [place["code"] for place in result["places"]]
    for row, code in zip(table["rows"], [*codes, ""], strict=False):
        for cell, name in zip(row[1:], names, strict=True):
            cell["href"] = f"{listing}&shift={name}&within={code}" if cell["text"] != "0" else ""


def organisations(question: Asked, asking: str, shift: str, within: str, after: str, before: str) -> Json:
    """One page of the organisations behind a number."""
    chosen = reach.BY_NAME.get(shift)
    page = key_page(running.listing(question, chosen, within), after=after, before=before)
    rows = [
        {
            "name": row.organisation.name,
            "href": row.organisation.get_absolute_url(),
            "place": f"{row.organisation.place.parent or ''}{row.organisation.place.name}",
            "stood": STOOD[row.kind],
            "before": WORDS[row.before],
            "after": WORDS[row.after],
        }
        for row in page.rows
    ]
    label = chosen.label if chosen else "会改变的组织"
    return {"page": page, "rows": rows, "label": label, "asking": f"{asking}&shift={shift}&within={within}"}


def kept(row: Trial) -> Json:
    """A kept report."""
    found = Outcome(row.place_code, row.on, row.edition, row.changes, row.result)
    return {"kept": row, "document": row.result["document"], "intact": trying.intact(row)} | shown(found)


def export(context: Json) -> Export:
    """The same report as a file."""
    row: Trial = context["kept"]
    facts = [("测算人", row.by.name), ("测算时间", moment(row.at)), ("内容指纹", row.digest)]
    return outcome.export(row.title, row.result["place_name"], row.on, row.changes, row.result, facts)


def listed(rows: Any) -> list[Json]:
    """Kept reports, the newest first."""
    return [
        {
            "title": row.title,
            "href": reverse("supervision:kept", args=[row.place_code, row.pk]),
            "document": row.result["document"]["short"],
            "on": figures.day(row.on),
            "by": row.by.name,
            "at": moment(timezone.localtime(row.at)),
        }
        for row in rows
    ]
