"""Parameters that many operations ask for: places, days, moments, lists of words. They describe and refuse (400)."""

import datetime as dt
from typing import Any

from django.utils import timezone
from rest_framework import serializers

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
ODD_DAY = "日期要在 1900 年到 2199 年之间"


class PlaceField(serializers.RegexField):
    """The 12 digits of a place; everything below it is meant too."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("help_text", "12 位区划代码，含下级")
        more.setdefault("error_messages", {"invalid": "区划代码要是 12 位数字"})
        super().__init__(r"^[0-9]{12}$", **more)


class Day(serializers.DateField):
    """A day (YYYY-MM-DD) of these two centuries."""

    def to_internal_value(self, value: Any) -> dt.date:
        day = super().to_internal_value(value)
        if not EARLIEST <= day <= LATEST:
            raise serializers.ValidationError(ODD_DAY, code="out_of_range")
        return day


class PastDay(Day):
    """A day that is not ahead: what was and is, not what will be."""

    def to_internal_value(self, value: Any) -> dt.date:
        day = super().to_internal_value(value)
        if day > timezone.localdate():
            raise serializers.ValidationError("日期不能晚于今天", code="in_the_future")
        return day


class Moment(serializers.DateTimeField):
    """A moment in ISO 8601; without a zone it is meant in Beijing time."""

    def to_internal_value(self, value: Any) -> dt.datetime:
        moment = super().to_internal_value(value)
        if not EARLIEST <= moment.date() <= LATEST:
            raise serializers.ValidationError(ODD_DAY, code="out_of_range")
        return moment


class Words(serializers.CharField):
    """Several of the words of a closed list, with commas between; a set of them."""

    def __init__(self, allowed: tuple[str, ...], **more: Any) -> None:
        self.allowed = allowed
        more.setdefault("help_text", f"用英文逗号隔开，可选：{'、'.join(allowed)}")
        super().__init__(**more)

    def to_internal_value(self, value: Any) -> frozenset[str]:
        said = [one.strip() for one in super().to_internal_value(value).split(",")]
        odd = [one for one in said if one not in self.allowed]
        if odd:
            told = f"不认识：{'、'.join(odd)[:60]}。可选：{'、'.join(self.allowed)}"
            raise serializers.ValidationError(told, code="unknown_word")
        return frozenset(said)
