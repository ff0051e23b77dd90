from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from portal.typed import plain
from registry.forms.compare import CompareForm
from registry.models import PolicyPack
from registry.policy.compare import compare
from registry.policy.parameters import NATION
from registry.policy.reading import chapters


def policies(request: HttpRequest) -> HttpResponse:
    """Every policy document the portal judges by. Open to everybody."""
    editions = [(edition, edition.read()) for edition in PolicyPack.objects.current()]
    return render(request, "registry/policies.html", {"editions": editions, "today": timezone.localdate()})


def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """One document: its parameters in words, what is assumed, and its editions (`?edition=` shows an older one)."""
    editions = PolicyPack.objects.filter(slug=slug).order_by("-loaded_at", "-pk")
    shown = _shown(editions, plain(request.GET.get("edition"))[:64])
    pack, today = shown.read(), timezone.localdate()
    nation = PolicyPack.objects.current().filter(area_code=NATION).exclude(slug=slug).read()
    context = {
        "edition": shown,
        "pack": pack,
        "chapters": chapters(pack, nation, today),
        "editions": editions.defer("content"),
        "expired": bool(pack.ends and today > pack.ends),
        "crumbs": [{"label": "政策文件", "url": reverse("registry:policies")}, {"label": shown.short}],
    }
    return render(request, "registry/policy.html", context)


def policy_compare(request: HttpRequest) -> HttpResponse:
    """Two documents, or two editions of one, side by side; `left` and `right` name editions. Open to everybody."""
    editions = PolicyPack.objects.order_by("area_code", "slug", "-loaded_at", "-pk").defer("content")
    form = CompareForm(request.GET or None, editions=editions)
    crumbs = [{"label": "政策文件", "url": reverse("registry:policies")}, {"label": "比较", "url": ""}]
    context = {"form": form, "crumbs": crumbs}
    if not form.is_valid():
        return render(request, "registry/policy_compare.html", context, status=400 if form.complete else 200)
    left, right = form.chosen()
    context |= {"left": left, "right": right, "found": compare(left.read(), right.read())}
    return render(request, "registry/policy_compare.html", context)


def _shown(editions, mark: str) -> PolicyPack:
    """The edition whose digest begins with `mark`, or the current one when no mark is given; 404 for none."""
    wanted = editions.filter(digest__startswith=mark) if mark else editions.filter(current=True)
    found = wanted.first()
    if found is None:
        raise Http404("没有这个政策文件或版本")
    return found
