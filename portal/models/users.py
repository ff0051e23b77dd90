from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person with an account. What the person may do stands in offices (`registry.models.Office`)."""

    first_name = None
    last_name = None
    name = models.CharField("姓名", max_length=40)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.name or self.username
