"""备案延续: where a document of the place limits how long a filing holds, it is renewed before it runs out.

No document of the seeds sets a limit; then a filing holds until it is given up, and this kind is offered to nobody.
"""

import datetime as dt

from filings import validity
from filings.guards import GUARDS
from filings.kinds.establish.kind import KIND as FILING
from filings.kinds.renew.flow import FLOWS
from filings.kinds.renew.forms import GoingOnForm
from registry import changes, register
from registry.casework import answers, submission
from registry.casework.kinds import Kind, Paper, Section
from registry.casework.step import Turn
from registry.forms.decisions import OpinionForm, ReasonForm, ReturnForm
from registry.models import Organisation, StandingKind

SECTIONS = (Section("going_on", "继续活动的情况", GoingOnForm),)
PAPERS = (Paper("members", "现在的成员名单", promise=True, hint="可以是手写件的照片"),)


def about(organisation: Organisation, on: dt.date) -> str | None:
    if organisation.standing != StandingKind.FILED or organisation.valid_until is None:
        return None
    opens = validity.opens(organisation.valid_until)
    if on < opens:
        return f"有效期至{validity.said(organisation.valid_until)}，{validity.said(opens)}起可以办理"
    return ""


def submit(turn: Turn) -> None:
    submission.stamp(turn, keeper_level=submission.STREET)


def record(turn: Turn) -> None:
    """Valid for another term: from the last day of the former, or from today where that is over."""
    organisation, told = turn.case.organisation, answers.cleaned(SECTIONS, turn.case)
    since = max(organisation.valid_until or turn.on, turn.on)
    changed = {name: told[name] for name in ("operates_normally", "individual_members")}
    changed["valid_until"] = validity.until(turn.case.place_code, since, on=turn.on)
    register.amend(organisation, changed, by=turn.by, on=turn.on, case=turn.case)


KIND = Kind(
    key="filing-renew",
    road="filing",
    label="备案延续",
    flows=FLOWS,
    variant=FILING.variant,
    sections=SECTIONS,
    papers=lambda case: PAPERS,
    guards=GUARDS | {"on_the_register": changes.still_there},
    forms={"review": OpinionForm, "send_back": ReturnForm, "return": ReturnForm, "reject": ReasonForm},
    effects={"submit": submit, "record": record},
    limits=FILING.limits,
    hint="备案快到期了，继续活动的在这里延续",
    about=about,
    judged=False,
    said=lambda case: changes.known(case.organisation),
)
