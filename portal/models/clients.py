from typing import Self

from django.conf import settings
from django.db import models

from portal.crypto import SealedTextField
from portal.models.users import User


class ClientQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        """Clients that may knock today: neither suspended here nor their account closed."""
        return self.filter(suspended_at=None, user__is_active=True)


class Client(models.Model):
    """A system of somebody else (a 政务服务 platform, a street's own software) that speaks with the portal.

    It has keys (`application`, OAuth 2 client credentials) and an account of its own (`user`) that nobody can sign
    in with: what it may do and where stands in that account's offices, as with people.
    """

    application = models.OneToOneField("oauth2_provider.Application", models.PROTECT, related_name="client")
    user = models.OneToOneField(User, models.PROTECT, related_name="client")
    name = models.CharField("名称", max_length=60, unique=True)
    mail = models.EmailField("通知邮箱", blank=True)
    per_minute = models.PositiveIntegerField("每分钟最多次数", default=600)
    made_at = models.DateTimeField(auto_now_add=True)
    rotated_at = models.DateTimeField("最近换密钥", null=True, blank=True)
    suspended_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = verbose_name_plural = "接入方"

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """What a write was answered, under the key its sender gave: sent again, the same is answered and nothing done.

    Written in the transaction that did the thing. `fingerprint` is the SHA-256 of method, path and body.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = SealedTextField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_answer_of_a_key")]
        verbose_name = verbose_name_plural = "已答复的请求"

    def __str__(self) -> str:
        return self.key
