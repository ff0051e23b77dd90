"""What a desk fills in when it moves a case."""

from collections.abc import Mapping
from typing import Any

from django import forms

from registry import phrases, uscc
from registry.casework import corrections, kinds
from registry.casework.guards import BY_HAND
from registry.casework.sheet import Row, questions
from registry.models import Case


class MoveForm(forms.Form):
    """An opinion, and the version of the case the person was looking at."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label="意见",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "意见不能超过 1000 个字", "required": "填写意见"},
    )

    def __init__(self, *args, case: Case, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["version"].initial = case.version


class OpinionForm(MoveForm):
    """A move that needs a written opinion."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True


class WithdrawForm(MoveForm):
    """Giving an application up: a reason may be told, none has to be."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = "撤回的原因"


class ReasonForm(OpinionForm):
    """A refusal: the reason goes to the applicant word for word."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = "理由"
        self.fields["note"].help_text = "申请人会看到这段文字，写明原因和可以怎么办"
        self.fields["note"].error_messages["required"] = "填写理由"


class ReturnForm(MoveForm):
    """All defects at once: one optional reason beside every field and every material.

    `phrases` are ready sentences by row. `again`: the case was given back before, so that a notice on what has not
    changed since has to say why it comes now.
    """

    PREFIX = "defect:"

    def __init__(
        self, *args, rows: list[Row], phrases: Mapping[str, list[str]] | None = None, again=False, **kw
    ) -> None:
        super().__init__(*args, **kw)
        self.rows, self.phrases = rows, phrases or {}
        for number, row in enumerate(rows):
            self.fields[self.PREFIX + row.key] = forms.CharField(
                label=row.label,
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"list": f"phrases-{number}", "class": "form-control"}),
                error_messages={"max_length": "原因不能超过 300 个字"},
            )
        self.fields["note"].label = "补充说明"
        if again:
            self.fields["why"] = forms.CharField(
                label="为何没有一次告知",
                required=False,
                max_length=200,
                help_text="这次新提出的、上次退回时就能发现的问题，要写明原因，申请人和上级能看到。没有这种情况的留空",
                error_messages={"max_length": "原因不能超过 200 个字"},
            )
            self.fields["why"].mark = "none"  # asked only of who questions what has not changed

    def clean(self) -> dict:
        data = super().clean()
        said = {row.key: data.pop(self.PREFIX + row.key, "") for row in self.rows}
        data["defects"] = [
            {"section": row.section, "field": row.field, "label": row.label, "reason": said[row.key]}
            for row in self.rows
            if said[row.key]
        ]
        if not data["defects"]:
            raise forms.ValidationError("至少写明一处需要修改的内容和原因", code="no_defect")
        return data

    def beside(self) -> list:
        """Each row with its bound field and its ready sentences, for the template."""
        return [(row, self[self.PREFIX + row.key], self.phrases.get(row.key, [])) for row in self.rows]


class ExamineForm(OpinionForm):
    """The examiner's opinion and the credit code the authority assigns (GB 32100-2015)."""

    credit_code = forms.CharField(
        label="统一社会信用代码",
        max_length=40,
        help_text="18 位，由登记管理机关赋码",
        error_messages={"required": "填写统一社会信用代码"},
    )

    premises_checked = forms.BooleanField(
        label="已现场核实：共用的场所固定、够用",
        required=False,
        help_text="与其他组织共用场所、本地文件又没有规定时勾选",
    )

    name_checked = forms.BooleanField(
        label="已人工核对：名称由行政区划、字号、业务领域、组织形式依次组成",
        required=False,
        help_text="系统拆不开这个名称，请核对后勾选",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for kind, key in BY_HAND.items():
            if not any(one["key"].startswith(key) and one["verdict"] == "unknown" for one in self._rules()):
                del self.fields[kind]

    def _rules(self) -> list[dict]:
        return self.case.receipt.get("rules", [])

    def clean_credit_code(self) -> str:
        form = self.case.answers.get("organisation", {}).get("legal_form", "")
        try:
            return uscc.check(self.cleaned_data["credit_code"], legal_form=form, division_code=self.case.place_code[:6])
        except ValueError as fault:
            raise forms.ValidationError(str(fault), code="credit_code") from fault


def of_move(case: Case, verb: str, post: Mapping[str, Any] | None = None) -> MoveForm:
    """What a person fills in to take a step of this case; over `post` where something was sent."""
    kind = asked_for(case, verb)
    if not issubclass(kind, ReturnForm):
        return kind(post, case=case)
    rows = questions(case)
    beside = phrases.beside(case, rows)
    return kind(post, case=case, rows=rows, phrases=beside, again=bool(corrections.notices(case)))


def asked_for(case: Case, verb: str) -> type[MoveForm]:
    """The form of a step: the one its kind of case brings, else an opinion and nothing more."""
    return kinds.of(case.kind).forms.get(verb, WithdrawForm if verb == "withdraw" else MoveForm)
