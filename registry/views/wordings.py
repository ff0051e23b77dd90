"""The words of messages, county by county."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from portal.errors import NotAllowed, Refusal
from registry import wordings
from registry.forms.messages import WordingForm
from registry.messages import texts
from registry.models import Jurisdiction
from registry.scope import Role, SignedIn, reach, require


@login_required
def board(request: SignedIn) -> HttpResponse:
    """Every message of the counties one keeps, in the words they use now."""
    held = [code for role, code in reach(request.user) if role == Role.DISTRICT]
    if not held:
        raise NotAllowed("消息模板由区县民政经办人员管理", code="not_allowed")
    places = Jurisdiction.objects.filter(code__in=held)
    counties = [(place, wordings.lines(place.code)) for place in places]
    return render(request, "registry/wordings.html", {"counties": counties})


@login_required
def wording(request: SignedIn, code: str, event: str, channel: str) -> HttpResponse:
    """Change the words of one message, look at them with an example, or go back to the portal's own."""
    place = get_object_or_404(Jurisdiction, code=code)
    require(request.user, Role.DISTRICT, place.code)
    now = wordings.line(place.code, event, channel)
    if now is None:
        raise Http404
    form = WordingForm(request.POST or None, initial={"subject": now.subject, "body": now.body}, channel=channel)
    context = {"place": place, "line": now, "form": form, "takes": _takes(event)}
    if request.method == "POST" and _done(request, place.code, now, form, context):
        return redirect("registry:wordings")
    return render(request, "registry/wording.html", context)


def _done(request: SignedIn, code: str, now: wordings.Line, form: WordingForm, context: dict) -> bool:
    """Whether the press was the last on this page; looking at an example stays on it."""
    press = request.POST.get("do")
    if press == "reset":
        wordings.reset(code, now.event, now.channel, by=request.user)
        return True
    if not form.is_valid():
        return False
    if press == "look":
        context["example"] = _example(now, form)
        return False
    return _written(request, code, now, form)


def _given(form: WordingForm) -> dict[str, str]:
    return {"subject": form.cleaned_data.get("subject", ""), "body": form.cleaned_data["body"]}


def _written(request: SignedIn, code: str, now: wordings.Line, form: WordingForm) -> bool:
    """Whether the words were taken; what is wrong with them goes to the form."""
    try:
        wordings.write(code, now.event, now.channel, by=request.user, **_given(form))
    except Refusal as no:
        form.add_error(no.field or None, no.reason)
        return False
    messages.success(request, f"“{now.label}”的{now.channel_label}已保存")
    return True


def _takes(event: str) -> list[tuple[str, str]]:
    return [(f"{{{texts.PLACEHOLDERS[name]}}}", texts.EXAMPLE[name]) for name in texts.EVENTS[event].takes]


def _example(now: wordings.Line, form: WordingForm) -> dict[str, str]:
    """The text with an example filled in; what is wrong with it goes to the form."""
    given = _given(form)
    for fault in texts.faults(texts.EVENTS[now.event], now.channel, **given):
        form.add_error("body", fault)
    return {name: texts.fill(text, texts.EXAMPLE) for name, text in given.items()}
