"""What 变更登记 asks: what changes, the new values of that, and the day of the resolution."""

from registry.forms.changes import ItemsForm, NewValuesForm, belongs
from registry.forms.decisions import ExamineForm
from registry.forms.fields import PastDateField, YesNoField
from registry.registration.kinds.change.checklist import ITEMS


class WhatForm(ItemsForm):
    table = ITEMS
    explained = True


class NewForm(NewValuesForm):
    resolved_on = PastDateField(label="作出决议的日期", help_text="双重管理的，填业务主管单位同意的日期")
    public_notice_done = YesNoField(label="新负责人是否已公示")
    charter_party = YesNoField(label="新章程是否写明党的建设内容")
    charter_values = YesNoField(label="新章程是否写明社会主义核心价值观内容")
    belongs = belongs(ITEMS)


class ExamineChangeForm(ExamineForm):
    """The examiner's opinion; the credit code stays as it is."""

    credit_code = None
