"""Who is away and who stands in; who takes over all open work of whom."""

import datetime as dt

from django import forms

from portal.models import User

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
DAY_AFTER = dt.timedelta(days=1)
WRONG = {"invalid": "填写日期，例如 2026-03-01"}


class PersonField(forms.ModelChoiceField):
    """One of the people given, named with the desk they sit at."""

    def __init__(self, *, label: str, **kwargs) -> None:
        told = {"required": f"选择{label}", "invalid_choice": f"重新选择{label}"}
        super().__init__(User.objects.none(), label=label, empty_label="选择人员", error_messages=told, **kwargs)
        self.seats: dict[int, str] = {}

    def offer(self, people: dict[int, str]) -> None:
        """Only these people: {pk: desk in words}."""
        self.seats = people
        self.queryset = User.objects.filter(pk__in=people, is_active=True)

    def label_from_instance(self, user: User) -> str:
        return f"{user}（{self.seats.get(user.pk, '')}）"


class AbsenceForm(forms.Form):
    """Away from a day to a day (the last day is the last one away), and who stands in."""

    use_required_attribute = False
    user = PersonField(label="外出的人")
    deputy = PersonField(label="代办人", help_text="只代这段时间、这些岗位；办理过程写明“代谁办理”")
    starts = forms.DateField(label="开始日期", error_messages=WRONG | {"required": "填写开始日期"}, **DAY)
    last = forms.DateField(label="最后一天", error_messages=WRONG | {"required": "填写最后一天"}, **DAY)
    reason = forms.CharField(label="事由", max_length=100, error_messages={"required": "填写事由"})

    def __init__(self, *args, people: dict[int, str], deputies: dict[int, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].offer(people)
        self.fields["deputy"].offer(deputies)

    def clean(self) -> dict:
        data = super().clean()
        if data.get("last"):
            data["ends"] = min(data["last"], dt.date.max - DAY_AFTER) + DAY_AFTER
        return data


class HandOverForm(forms.Form):
    """All open work of one person to another."""

    use_required_attribute = False
    prefix = "hand"
    user = PersonField(label="交出人")
    to = PersonField(label="接手人", help_text="要已经在同样的岗位任职")
    reason = forms.CharField(label="交接原因", max_length=100, error_messages={"required": "填写交接原因"})

    def __init__(self, *args, people: dict[int, str], deputies: dict[int, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].offer(people)
        self.fields["to"].offer(deputies)
