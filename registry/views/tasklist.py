"""The task list of an application."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from registry.casework import answers, corrections, kinds, papers
from registry.casework.papers import Line
from registry.models import Case, Defect, State, Step
from registry.scope import SignedIn
from registry.views.cases import editable

Row = dict[str, Any]


@login_required
def tasks(request: SignedIn, pk: int) -> HttpResponse:
    """What is done and what is left; handing in opens when all is done."""
    case = editable(request, pk)
    returned = case.steps.filter(target=State.RETURNED).last() if case.state == State.RETURNED else None
    defects = list(returned.defects.all()) if returned else []
    found = answers.tasks(kinds.of(case.kind).sections, case)
    lines = papers.checklist(case)
    rows = [_task(case, task, _flawed(case, returned, defects)) for task in found]
    if lines:
        rows.append(_papers(case, lines, returned, defects))
    rows.append(_check(case, ready=all(task.done for task in found) and not any(line.lacking for line in lines)))
    context = {"case": case, "tasks": rows, "defects": defects, "returned": returned}
    context["unlocked"] = bool(returned and corrections.unlocked(case, returned))
    return render(request, "registry/tasks.html", context)


def _flawed(case: Case, returned: Step | None, defects: list[Defect]) -> set[str]:
    """The tasks that were found wrong, as long as nothing has been saved since."""
    if returned is None or (case.saved_at and case.saved_at > returned.at):
        return set()
    return {defect.section for defect in defects}


def _task(case: Case, task: answers.Task, flawed: set[str]) -> Row:
    key = task.section.key
    href = reverse("registry:section", args=[case.pk, key])
    return {"label": task.section.title, "status": "mend" if key in flawed else task.status, "hint": "", "href": href}


def _papers(case: Case, lines: list[Line], returned: Step | None, defects: list[Defect]) -> Row:
    lacking = [line.paper.label for line in lines if line.lacking]
    here = [line.material for line in lines if line.material]
    wrong = {defect.field for defect in defects if defect.section == "materials"}
    stale = any(one.kind in wrong and one.added_at < returned.at for one in here) if returned else False
    status = "mend" if stale else ("doing" if here else "todo") if lacking else "done"
    hint = f"还缺：{'、'.join(lacking)}" if lacking and here else ""
    return {"label": "材料", "status": status, "hint": hint, "href": reverse("registry:materials", args=[case.pk])}


def _check(case: Case, *, ready: bool) -> Row:
    return {
        "label": "核对并提交",
        "status": "todo" if ready else "blocked",
        "hint": "" if ready else "前面各项完成后才能提交",
        "href": reverse("registry:check", args=[case.pk]) if ready else "",
    }
