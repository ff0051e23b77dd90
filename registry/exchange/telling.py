"""Who is told when a platform does not take what we sent: the officers of the county, once for each refusal."""

from collections.abc import Iterable

from registry.exchange.mapping import Platform
from registry.models import Notice, Office, Push, Reconciliation
from registry.scope import Role

WORDS = {"missing_there": "平台缺", "missing_here": "本系统缺", "differing": "内容不同", "doubled": "平台重复"}


def refused(platform: Platform, push: Push) -> None:
    """A record was refused by the platform, or could not be made as its mapping asks."""
    title = next((one.title for one in platform.records if one.record == push.record), push.record)
    text = f"{platform.title}没有收下{push.case.name or '未命名组织'}的“{title}”记录：{push.fault}"[:200]
    key = f"push:{push.pk}:{push.tries}"
    _tell([push.case.place_code], key, text, case=push.case)


def differing(platform: Platform, found: Reconciliation, places: Iterable[str]) -> None:
    """A day's records differ: told to the officers of every county concerned, how many of what."""
    kinds = [one["kind"] for one in found.differences]
    counts = "、".join(f"{words} {kinds.count(kind)} 条" for kind, words in WORDS.items() if kind in kinds)
    text = f"{platform.title}{found.day:%-m月%-d日}对账有差异：{counts}"[:200]
    _tell(places, f"reconciliation:{found.pk}", text)


def _tell(places: Iterable[str], key: str, text: str, **more) -> None:
    users = {
        pk
        for code in sorted(set(places))
        for pk in Office.objects.over(code).filter(role=Role.DISTRICT).values_list("user", flat=True)
    }
    rows = [Notice(user_id=pk, kind=Notice.Kind.OTHER, key=key, text=text, **more) for pk in sorted(users)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
