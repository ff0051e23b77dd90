"""What a desk says when it moves many cases at once."""

from django import forms


class BulkForm(forms.Form):
    """One opinion for all, and the key that makes a second sending harmless."""

    use_required_attribute = False
    key = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="意见",
        help_text="写进每一件的办理过程",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "意见不能超过 1000 个字", "required": "填写意见"},
    )

    def __init__(self, *args, needs: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = needs
