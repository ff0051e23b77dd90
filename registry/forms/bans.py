from django import forms

from registry.forms.fields import IdNumberField, NameField


class BanForm(forms.Form):
    """Somebody who may not lead an organisation until a day."""

    use_required_attribute = False
    name = NameField(label="姓名", max_length=30, error_messages={"required": "填写姓名"})
    id_number = IdNumberField(
        label="身份证号", help_text="只保存不可还原的指纹和首尾几位", error_messages={"required": "填写身份证号"}
    )
    until = forms.DateField(
        label="期限至（含）",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "填写期限", "invalid": "填写日期，例如 2028-03-01"},
    )
    basis = forms.CharField(
        label="法律依据",
        max_length=120,
        help_text="法律、行政法规的名称和条款",
        error_messages={"required": "填写法律依据"},
    )
    decided_by = forms.CharField(
        label="作出决定的机关", max_length=60, error_messages={"required": "填写作出决定的机关"}
    )


class LiftForm(forms.Form):
    """Why a ban ends before its last day."""

    use_required_attribute = False
    reason = forms.CharField(
        label="解除的原因和依据",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：原决定被复议撤销，写明文号",
        error_messages={"required": "填写解除的原因和依据", "max_length": "不能超过 200 个字"},
    )
