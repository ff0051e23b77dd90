"""The letters of a case as PDF: what is told with a step (补正, 受理, 不予受理, 决定, 撤回), and promised papers."""

from dataclasses import dataclass

from django.utils import timezone

from portal.models import User
from registry.casework import corrections, kinds, numbers, snapshots
from registry.clock import UNITS
from registry.documents import render, texts
from registry.documents.texts import Text
from registry.models import Case, Certificate, Clock, Jurisdiction, State, Step
from registry.scope import Role

ACCEPTING = ("accept", "deem")
REFUSING = ("refuse",)


@dataclass(frozen=True)
class Letter:
    """A letter there is: the step it belongs to, and what it is called."""

    step: Step
    title: str


def of_case(case: Case) -> list[Letter]:
    """The letters of a case, oldest first; a notice that was called back says so."""
    steps = case.steps.all()
    found = [(step, text_of(case, step)) for step in steps]
    void = corrections.recalled(steps)
    return [
        Letter(step, text.title.format(matter=case.matter) + ("（已撤回）" if step.pk in void else ""))
        for step, text in found
        if text
    ]


def panel(case: Case, user: User) -> dict:
    """For the page of the case."""
    return {"letters": of_case(case)}


def text_of(case: Case, step: Step) -> Text | None:
    """The words of the letter that belongs to a step; None where there is nothing to tell."""
    what = _what(step)
    if what in texts.EVERY:
        return texts.EVERY[what]
    permit = case.road == "registration" and case.matter.endswith("登记")
    words = texts.PERMIT if permit else texts.RESULT if case.matter.endswith("备案") else texts.REPORT
    return words.get(what)


def _what(step: Step) -> str:
    if step.target == State.RETURNED:
        return "correction"
    if step.target == State.REJECTED:
        return "not_accepted" if step.verb in REFUSING else "not_granted"
    if step.target == State.WITHDRAWN:
        return "withdrawn" if step.source != State.DRAFT else ""
    if step.verb in ACCEPTING:
        return "accepted"
    if step.target == State.APPROVED:
        return "granted"
    return "undertaking" if snapshots.promised(step.data.get("snapshot")) else ""


def letter(case: Case, step: Step) -> bytes:
    """The letter of a step on A4; call it only where `text_of` finds one."""
    text = text_of(case, step)
    facts = _facts(case, step)
    on = timezone.localtime(step.at).date()
    return render.letter(
        {
            "title": text.title.format(**facts),
            "number": case.number or "",
            "to": f"{facts['name']}（经办人：{case.opened_by.name}）",
            "before": _filled(text.before, facts),
            "items": _items(case, step),
            "after": [*_filled(text.after, facts), *_more(case, step)],
            "basis": f"依据：{text.basis}。" if text.basis else "",
            "issuer": f"承诺人：{step.by}" if text is texts.EVERY["undertaking"] else issuer(step),
            "contact": f"咨询：{issuer(step)}",
            "issued": render.day(on),
            "day": [on.year, on.month, on.day],
        }
    )


def _filled(lines: tuple[str, ...], facts: dict[str, str]) -> list[str]:
    return [said for line in lines if (said := line.format(**facts))]


def _facts(case: Case, step: Step) -> dict[str, str]:
    paper = Certificate.objects.filter(case=case).first()
    return {
        "name": _name(case, step),
        "matter": case.matter,
        "number": case.number or "没有编号",
        "many": str(step.defects.count()),
        "reason": step.note or "见办理意见",
        "limits": _limits(case),
        "paper": f"{paper.get_kind_display()}编号：{paper.number}。" if paper else "",
        "day": render.day(timezone.localtime(step.at).date()),
    }


def _name(case: Case, step: Step) -> str:
    """The name as it was handed in when the step was made, whatever it is now."""
    former = corrections.handed_in(case).filter(pk__lte=step.pk).last()
    said = former.data["snapshot"]["answers"] if former else {}
    return said.get("organisation", {}).get("name") or case.name or "未命名组织"


def _limits(case: Case) -> str:
    """The limits of the whole case in days; the day itself moves with every suspension and stands on the case page."""
    told = case.clocks.exclude(scope=Clock.Scope.STAGE).order_by("scope", "id")
    words = {one.get_scope_display(): f"{one.days}{UNITS[one.unit]}" for one in told}
    return "，".join(f"{word}：{days}" for word, days in words.items()) + ("。" if words else "")


def _items(case: Case, step: Step) -> list[list[str]]:
    """The itemised part: (what, why) of every defect, or (paper, until when) of every promise."""
    if _what(step) == "correction":
        return [[defect.label, defect.reason] for defect in step.defects.all()]
    owed = snapshots.promised(step.data.get("snapshot")) if _what(step) == "undertaking" else {}
    labels = {paper.kind: paper.label for paper in kinds.of(case.kind).papers(case)}
    return [[labels.get(kind, "其他材料"), f"{render.day(on)}前补交"] for kind, on in owed.items()]


def _more(case: Case, step: Step) -> list[str]:
    """What only a correction notice adds: why it comes late, a word of the desk, the day by which to answer."""
    if _what(step) != "correction":
        return []
    said = [f"其中有上次没有一次告知的，原因：{step.data['why']}"] if step.data.get("why") else []
    said += [f"补充说明：{step.note}"] if step.note else []
    now = case.state == State.RETURNED and case.due_on
    return said + ([f"在{render.day(case.due_on)}前提交补正后的申请。"] if now else [])


def issuer(step: Step) -> str:
    """The body that speaks in a step: the committee, the street office or township, or the county's bureau."""
    place = step.case.place
    if step.role in (Role.DISTRICT, Role.APPROVER):
        return f"{numbers.keeper(place, Jurisdiction.Level.COUNTY)}民政局"
    if step.role == Role.STREET:
        street = numbers.keeper(place, Jurisdiction.Level.STREET)
        return f"{street}办事处" if street.name.endswith("街道") else f"{street}人民政府"
    return f"{place}{'村民委员会' if place.kind == 'village' else '居民委员会'}"
