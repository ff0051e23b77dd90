"""Duties after founding, and the charter: judged and shown, but they do not close the door to registration.

Party building is a duty of an organisation that exists (Jilin 三（六）: with three full members, *after approval by
the superior*, a party organisation is to be set up), so that it cannot be a condition of coming into being; its
findings never block. The charter is a paper handed in with the application: clauses known to be missing block
(Wenzhou 六（二十二）), a charter nobody has read yet does not.
"""

from collections.abc import Iterator

from registry.eligibility.context import Context, title
from registry.findings import Finding, found

COVERED = ("own", "joint", "fallback")
CLAUSES = {"party_building": "党的建设", "core_socialist_values": "社会主义核心价值观"}


def own_organisation(context: Context) -> Iterator[Finding]:
    """Three full members or more: an organisation of its own. Probationary members do not count; an application
    waits for the superior's approval and stays unknown until then. Fewer: it passes whatever the coverage."""
    rule, facts = context.rule("party.own_org.min_full_members"), context.facts
    if rule is None:
        return
    need, have = int(rule.exact or 0), facts.full_party_members
    yield found(
        rule,
        None if have is None else (have < need or _established(facts.party_organisation)),
        required="own" if have is not None and have >= need else None,
        actual=facts.party_organisation,
        label=f"{title(rule)}；现有 {have} 名" if have is not None else title(rule),
        blocks=False,
        remedy="尚未填写正式党员人数" if have is None else "经上级党组织批准，单独建立党组织",
    )
    if have is not None and have < need:
        yield from _otherwise(context)


def _established(state: str | None) -> bool | None:
    return None if state in (None, "pending") else state == "own"


def _otherwise(context: Context) -> Iterator[Finding]:
    """Fewer members: a joint organisation nearby or through the federation, where a document says so."""
    rule, state = context.rule("party.else"), context.facts.party_organisation
    if rule:
        answer = None if state is None else state in ("joint", "own")
        yield found(rule, answer, required=list(rule.value), actual=state, label=title(rule), blocks=False)


def coverage(context: Context) -> Iterator[Finding]:
    """Every organisation is covered, if need be by a fallback organisation (Tianjin 三（一）; a target in Guangxi)."""
    rule, state = context.rule("party.coverage"), context.facts.party_organisation
    if rule:
        answer = None if state in (None, "pending") else state in COVERED
        remedy = "尚未填写党的组织" if state is None else "由社区党组织兜底管理，或单独、联合建立党组织"
        required = list(COVERED)
        label = "党的组织全覆盖：单独、联合或兜底"
        yield found(rule, answer, required=required, actual=state, label=label, blocks=False, remedy=remedy)


def charter(context: Context) -> Iterator[Finding]:
    """The charter names what the document wants in it (Wenzhou 六（二十二）)."""
    rule, have = context.rule("charter.required_clauses"), context.facts.charter_clauses
    if rule is None:
        return
    lacking = [clause for clause in rule.value if clause not in (have or ())]
    answer = None if have is None else not lacking
    named = "、".join(CLAUSES.get(clause, clause) for clause in lacking)
    yield found(
        rule,
        answer,
        required=list(rule.value),
        actual=None if have is None else list(have),
        label=title(rule),
        blocks=answer is False,
        remedy=f"章程须写明：{named}",
    )
