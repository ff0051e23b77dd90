from typing import Any

from django.db import models

FIXED = "监督数据只增不改"


class Unchanging(models.Model):
    """A row that is written once; a newer finding is a newer row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(FIXED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(FIXED)
