from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q

from portal.errors import Refusal
from registry import codes
from registry.policy.parameters import NATION, Pack
from registry.policy.resolve import Rules, in_force

_READ: dict[str, Pack] = {}  # editions already read by this process, by digest; equal digests are equal packs
_ROOM = 64


def _refuse_change() -> NoReturn:
    raise Refusal("政策版本一经载入不得修改，请修改文件后重新载入", code="edition_immutable")


class PolicyPackQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The edition of each document that is used for new cases."""
        return self.filter(current=True)

    def on_path(self, place_code: str) -> Self:
        """The documents of a place and of every place above it, the nation included. ValueError for no code."""
        return self.filter(area_code__in=[*codes.lineage(codes.normalise(place_code)), NATION])

    def read(self) -> list[Pack]:
        """The packs of these editions. Content comes from the database only the first time a process needs it."""
        digests = list(self.values_list("digest", flat=True))
        packs = {digest: _READ[digest] for digest in digests if digest in _READ}
        if unread := set(digests) - packs.keys():
            for digest, content in self.model.objects.filter(digest__in=unread).values_list("digest", "content"):
                packs[digest] = _keep(digest, content)
        return [packs[digest] for digest in digests]

    def rules(self, place_code: str, on: Any) -> Rules:
        """The rules of a place on a day (`datetime.date`), from the current editions."""
        packs = self.current().on_path(place_code).read()
        return Rules(tuple(in_force(packs, place_code, on)), on)

    def update(self, **values: Any) -> int:
        if set(values) - {"current"}:
            _refuse_change()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse_change()


def _keep(digest: str, content: dict[str, Any]) -> Pack:
    """Read an edition and remember it, forgetting the oldest when the room is full."""
    pack = _READ.get(digest)
    if pack is None:
        pack = Pack.from_json(content)
        if len(_READ) >= _ROOM:
            _READ.pop(next(iter(_READ)), None)
        _READ[digest] = pack
    return pack


class PolicyPack(models.Model):
    """One edition of one policy document, as loaded on one day. A case keeps the editions that judged it.

    Editions are never changed: a corrected file becomes another edition and only `current` moves.
    """

    slug = models.SlugField("代号", max_length=60)
    area_code = models.CharField("适用区划", max_length=12, db_index=True)
    short = models.CharField("简称", max_length=80)
    title = models.CharField("标题", max_length=200)
    issuer = models.CharField("发文机关", max_length=80)
    starts = models.DateField("生效日期")
    ends = models.DateField("专项行动截止", null=True, blank=True)
    digest = models.CharField("内容指纹", max_length=64)
    content = models.JSONField("内容")
    loaded_at = models.DateTimeField("载入时间", auto_now_add=True)
    current = models.BooleanField("现用版本", default=True)

    objects = PolicyPackQuerySet.as_manager()

    class Meta:
        ordering = ["area_code", "starts", "slug", "-loaded_at", "-pk"]
        verbose_name = verbose_name_plural = "政策文件"
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=Q(current=True), name="one_current_edition_per_document")
        ]

    def __str__(self) -> str:
        return self.short

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not self._state.adding:
            stored = type(self).objects.get(pk=self.pk)
            fixed = [field.attname for field in self._meta.concrete_fields if field.attname != "current"]
            if any(getattr(self, name) != getattr(stored, name) for name in fixed):
                _refuse_change()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _refuse_change()

    def read(self) -> Pack:
        """The pack of this edition, for the pure rules."""
        return _keep(self.digest, self.content)

    @property
    def edition(self) -> str:
        """The short mark of the edition shown to people and kept in receipts."""
        return self.digest[:12]
