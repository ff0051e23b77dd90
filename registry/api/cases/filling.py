"""Filling in a section from JSON: the same form, the same writer, the same limits as in the browser."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from portal.errors import OutOfTurn
from portal.models import User
from registry.api.cases import said
from registry.api.cases.sections import changeable
from registry.casework import actions, answers, corrections, kinds, rights
from registry.casework.kinds import Section
from registry.models import Case


def section_of(case: Case, key: str) -> Section:
    """The section of a case, 404 for one its kind does not have."""
    found = kinds.of(case.kind).section(key)
    if found is None:
        raise Http404
    return found


def require_editable(case: Case, by: User) -> None:
    """`NotAllowed` for whoever may not write here, `OutOfTurn` once the case is with the desks or closed."""
    rights.require_writer(case, by)
    if case.state not in rights.EDITABLE:
        raise OutOfTurn(f"办件当前状态为“{case.get_state_display()}”，不能再修改", code="not_editable")


def fill(case: Case, section: Section, given: Mapping[str, Any], *, by: User) -> Case:
    """Keep the answers of a section, right or wrong.

    Of a case given back only what was questioned may differ (`OutOfTurn`, not_questioned); the rest stays unnamed.
    """
    require_editable(case, by)
    post = said.typed(section, case, given)
    asked = corrections.questioned(case)
    if asked is not None:
        _require_open(case, section, post, changeable(section, case, asked, _checked(section, case)))
    return actions.save_section(case, section, post, by=by)


def _checked(section: Section, case: Case) -> Any:
    form = answers.bound(section, case)
    form.is_valid()
    return form


def _require_open(case: Case, section: Section, post: Mapping[str, str], may: set[str]) -> None:
    stored = case.answers.get(section.key, {})
    was = {name: case.sealed.get(name, "") if name in section.form.sealed else stored.get(name, "") for name in post}
    shut = [name for name, text in post.items() if name not in may and text != was[name]]
    if shut:
        raise NotQuestioned([(f"/answers/{name}", "not_questioned", "没有要求修改") for name in shut])


class NotQuestioned(OutOfTurn):
    """Something that nobody questioned would change in a case given back; `wrong` says what."""

    def __init__(self, wrong: list[tuple[str, str, str]]) -> None:
        words = "补正时只能修改要求修改的内容。要改其他内容，先调用 unlock"
        super().__init__(words, code="not_questioned")
        self.wrong = wrong
