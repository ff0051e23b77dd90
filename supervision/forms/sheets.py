"""What an official types into the yearly sheet, and the year it is for. Every refusal names the item."""

import re
from collections.abc import Mapping

from django import forms

from portal.typed import narrow, plain
from supervision import entries
from supervision.entries import Figure, Overtaken
from supervision.items import Item
from supervision.models import Entry
from supervision.sheets import Line, Sheet, said

FLAGS = (("", "未填"), ("1", "是"), ("0", "否"))


class YearForm(forms.Form):
    """The year of a sheet; nothing given means the one that runs."""

    year = forms.CharField(label="年份", required=False, max_length=20)

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__({"year": data.get("year") or str(entries.last_year())})
        self.fields["year"].mark = "none"

    def clean_year(self) -> int:
        """A year in any width, with or without 年."""
        text = narrow(self.cleaned_data["year"]).removesuffix("年")
        if not re.fullmatch("[0-9]{4}", text) or not entries.FIRST_YEAR <= int(text) <= entries.last_year():
            raise forms.ValidationError(f"年份应在 {entries.FIRST_YEAR} 年到今年之间，例如 {entries.last_year()}")
        return int(text)


class FigureField(forms.Field):
    """A whole number as people type and paste it: any width, blanks, thousands commas. Empty is not given."""

    def __init__(self, item: Item, **kwargs) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(label=item.label, required=False, widget=forms.TextInput(attrs), **kwargs)

    def to_python(self, value: object) -> int | None:
        return read_number(str(value or ""), self.label)


def read_number(text: str, label: str) -> int | None:
    """The number in a text, None for an empty one; `ValidationError` that names the item for anything else."""
    digits = re.sub("[,_']", "", narrow(text))
    if not digits:
        return None
    if re.fullmatch("[-−–][0-9.]+", digits):
        raise forms.ValidationError(f"{label}不能是负数")
    if re.fullmatch(r"[0-9]*\.[0-9]*", digits):
        raise forms.ValidationError(f"{label}应是整数，不能有小数")
    if not re.fullmatch("[0-9]+", digits):
        raise forms.ValidationError(f"{label}应是整数，例如 18")
    if len(digits) > 15 or int(digits) > entries.LARGEST:
        raise forms.ValidationError(f"{label}的数字太大，核对一下")
    return int(digits)


class FlagField(forms.TypedChoiceField):
    """Yes, no, or not given."""

    def __init__(self, item: Item, **kwargs) -> None:
        wrong = {"invalid_choice": f"{item.label}：选择“是”或“否”"}
        super().__init__(
            label=item.label,
            required=False,
            choices=FLAGS,
            coerce=int,
            empty_value=None,
            error_messages=wrong,
            **kwargs,
        )


class SourceField(forms.CharField):
    """Where a figure is written down."""

    def __init__(self, label: str, **kwargs) -> None:
        too_long = {"max_length": f"{label}不能超过 {entries.LONGEST} 个字"}
        super().__init__(label=label, required=False, max_length=entries.LONGEST, error_messages=too_long, **kwargs)

    def to_python(self, value: object) -> str:
        return " ".join(plain(super().to_python(value)).split())


class SheetForm(forms.Form):
    """Every item of a sheet with its source; `source` speaks for every changed item that has none of its own."""

    use_required_attribute = False
    source = SourceField(
        "来源", help_text="这次填写和改动的数据出自哪里，例如 2026年民政统计年报；个别项目来源不同的，在该行另写"
    )

    def __init__(self, data=None, *, sheet: Sheet) -> None:
        super().__init__(data)
        self.sheet, self.fields["source"].mark = sheet, "none"
        for line in sheet.lines:
            key, field = line.item.key, FlagField if line.item.kind == "flag" else FigureField
            self.fields[f"value-{key}"] = field(line.item, initial=line.now.value if line.now else None)
            self.fields[f"source-{key}"] = SourceField(f"{line.item.label}的来源")
            self.fields[f"seen-{key}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=str(line.now.pk if line.now else 0)
            )

    def clean(self) -> dict:
        """A changed figure says where it comes from."""
        if not any(name.startswith("source") for name in self.errors) and any(map(self._unsourced, self.sheet.lines)):
            self.add_error("source", "填写来源：这次填的数据出自哪里")
        return self.cleaned_data

    def _unsourced(self, line: Line) -> bool:
        """Whether something was typed, right or wrong, and nothing says where it comes from."""
        key, said = line.item.key, self.cleaned_data
        if f"value-{key}" in self.errors:
            return not (said[f"source-{key}"] or said["source"])
        return said[f"value-{key}"] is not None and not self._figure(line).source

    def figures(self) -> list[Figure]:
        """What was typed, line by line; an untouched line keeps its own source."""
        return [self._figure(line) for line in self.sheet.lines]

    def _figure(self, line: Line) -> Figure:
        key, said = line.item.key, self.cleaned_data
        value, own = said[f"value-{key}"], said[f"source-{key}"]
        kept = line.now.source if line.now and line.now.value == value else ""
        seen = said[f"seen-{key}"]
        known = int(seen) if re.fullmatch("[0-9]{1,18}", seen) else 0
        return Figure(key, value, own or kept or said["source"], known)

    def overtake(self, overtaken: Overtaken) -> None:
        """Say at each item what somebody entered meanwhile; saving once more, having seen it, is then meant."""
        self.data = self.data.copy()
        for key, row in overtaken.rows.items():
            self.data[f"seen-{key}"] = str(row.pk if row else 0)
            self.add_error(f"value-{key}", f"{self.fields[f'value-{key}'].label}{_meanwhile(row)}，核对后再保存")

    def rows(self, *, asked: bool) -> list[tuple]:
        """(line, value, source, seen) of the items that are asked for, or of the others."""
        lines = self.sheet.asked if asked else self.sheet.others
        names = ("value", "source", "seen")
        return [(line, *(self[f"{name}-{line.item.key}"] for name in names)) for line in lines]


class BatchForm(YearForm):
    """Figures of many places: a file, or rows pasted from a spreadsheet."""

    file = forms.FileField(label="表格文件", required=False, help_text="CSV 文件，不超过 2 MB")
    rows = forms.CharField(
        label="或者粘贴",
        required=False,
        strip=False,
        max_length=400_000,
        help_text="在表格软件里选中四列，复制后粘贴到这里",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": "粘贴的内容太多，改用文件上传"},
    )

    def __init__(self, data: Mapping[str, str] | None = None, files=None, *, year: str = "") -> None:
        given = {"year": year or str(entries.last_year())}
        forms.Form.__init__(self, data, files, initial=given)
        for name in ("year", "file", "rows"):
            self.fields[name].mark = "none"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > 2 * 1024 * 1024:
            raise forms.ValidationError("文件超过 2 MB，分几次上传")
        return file

    def clean(self) -> dict:
        said = super().clean()
        if not self.errors and not said.get("file") and not said.get("rows", "").strip():
            self.add_error("rows", "选择一个文件，或者粘贴内容")
        return said


def _meanwhile(row: Entry | None) -> str:
    if row is None:
        return "刚刚被别人清空"
    return f"刚刚由{row.by or '系统'}填为 {said(row)}"
