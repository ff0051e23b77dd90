from django import forms

from registry.forms.fields import PastDateField


class PostForm(forms.Form):
    """A social worker takes up a post."""

    use_required_attribute = False
    name = forms.CharField(label="社工姓名", max_length=30, error_messages={"required": "填写社工姓名"})
    full_time = forms.BooleanField(label="专职", required=False, initial=True)
    starts = PastDateField(label="到岗日期")


class DemonstrationForm(forms.Form):
    """Since when a hub is a demonstration site; empty takes the name away."""

    use_required_attribute = False
    since = PastDateField(label="示范点起始日期", required=False, help_text="留空表示取消示范点")
