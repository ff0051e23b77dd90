"""What the register knows of the organisation a case is about: shown beside the questions, never asked again."""

from django.utils import timezone

from portal.models import User
from registry import reports
from registry.casework import answers, kinds
from registry.casework.sheet import Row
from registry.models import Case, Organisation


def rows(case: Case) -> list[Row]:
    """The organisation's data in words; nothing for a case that asks for them anew, or shows them itself."""
    organisation = case.organisation
    if organisation is None or answers.PRESENT in case.answers or kinds.of(case.kind).section("organisation"):
        return []
    return [Row("known", "", label, value) for label, value in (*_period(case), *_register(organisation)) if value]


def panel(case: Case, user: User) -> dict:
    """For the case page."""
    return {"known": rows(case)}


def _period(case: Case) -> list[tuple[str, str]]:
    kind = next((kind for kind, keys in reports.CASES.items() if case.kind in keys), None)
    if kind is None:
        return []
    period = reports.period_of(case)
    owed = reports.owed_by(case.organisation, kind, timezone.localdate(), period)
    found = [("报告期", period.label)]
    if owed:
        found.append(("报送截止", f"{owed.due:%Y年%-m月%-d日}（{owed.source}）"))
    before = reports.to_supervisor(case.organisation, period.last, period) if case.kind == "annual" else None
    return [*found, ("业务主管单位初审截止", f"{before:%Y年%-m月%-d日}")] if before else found


def _register(one: Organisation) -> list[tuple[str, str]]:
    term = one.leader_terms.filter(ends=None).last()
    return [
        ("名称", one.name),
        ("统一社会信用代码", one.credit_code or ""),
        ("备案编号", one.filing_number or ""),
        ("组织形式", one.get_legal_form_display()),
        ("类别", one.get_category_display()),
        ("负责人", term.name if term else ""),
        ("活动场所", "，".join(filter(None, (one.get_premises_display(), one.address)))),
        ("成员", _members(one)),
        ("党的组织", f"{one.get_party_organisation_display()}；正式党员 {_count(one.full_party_members)}"),
    ]


def _members(one: Organisation) -> str:
    return f"个人 {_count(one.individual_members)}，单位 {_count(one.unit_members)}"


def _count(number: int | None) -> str:
    return "未提供" if number is None else str(number)
