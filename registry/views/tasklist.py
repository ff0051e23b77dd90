"""The task list of an application."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from registry.casework import answers, papers, roads
from registry.models import State
from registry.scope import SignedIn
from registry.views.cases import editable


@login_required
def tasks(request: SignedIn, pk: int) -> HttpResponse:
    """What is done and what is left; handing in opens when all is done."""
    case = editable(request, pk)
    found = answers.tasks(roads.of(case.road).sections, case)
    rows = [
        {
            "label": task.section.title,
            "status": task.status,
            "hint": "",
            "href": reverse("registry:section", args=[case.pk, task.section.key]),
        }
        for task in found
    ]
    lines = papers.checklist(case)
    lacking = [line.paper.label for line in lines if line.lacking]
    here = any(line.material for line in lines)
    rows.append(
        {
            "label": "材料",
            "status": "done" if not lacking else ("doing" if here else "todo"),
            "hint": f"还缺：{'、'.join(lacking)}" if lacking and here else "",
            "href": reverse("registry:materials", args=[case.pk]),
        }
    )
    ready = not lacking and all(task.done for task in found)
    rows.append(
        {
            "label": "核对并提交",
            "status": "todo" if ready else "blocked",
            "hint": "" if ready else "前面各项完成后才能提交",
            "href": reverse("registry:check", args=[case.pk]) if ready else "",
        }
    )
    last = case.steps.filter(target=State.RETURNED).last() if case.state == State.RETURNED else None
    defects = last.defects.all() if last else []
    return render(request, "registry/tasks.html", {"case": case, "tasks": rows, "defects": defects, "returned": last})
