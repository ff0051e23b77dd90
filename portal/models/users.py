import datetime as dt
from typing import NamedTuple

from django.contrib.auth.models import AbstractUser
from django.db import models


class KnownOffices(NamedTuple):
    """What was read along with an account: the (role, 12-digit code) pairs it held on a day."""

    day: dt.date
    held: tuple[tuple[str, str], ...]


class User(AbstractUser):
    """A person with an account. What the person may do stands in offices (`registry.models.Office`)."""

    first_name = None
    last_name = None
    name = models.CharField("姓名", max_length=40)

    class Mail(models.TextChoices):
        NONE = "none", "不发邮件"
        DIGEST = "digest", "每天一封汇总"
        EACH = "each", "每件都发"

    mail = models.CharField("邮件提醒", max_length=6, choices=Mail, default=Mail.DIGEST)

    known_offices: KnownOffices | None = None  # set by whoever read the account for one request and no longer

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.name or self.username
