from django.db import models
from django.db.models import Q


class Touch(models.Model):
    """Something that is counted changed at a place, with effect from a day.

    Written in the transaction of the change, one row, so that no two changes ever wait for each other. Counts kept
    for that day and later are worked out anew for this place before they are believed again (`folded_at`). `whole`
    says that everything below the place is concerned too.
    """

    place_code = models.CharField(max_length=12)
    on = models.DateField()
    whole = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    folded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(folded_at=None), name="touch_unfolded"),
            models.Index(fields=["on", "place_code"], name="touch_by_day"),
        ]
        verbose_name = verbose_name_plural = "计数变动"

    def __str__(self) -> str:
        return f"{self.place_code} {self.on}"
