"""What an organisation says when it asks to be recognised as a charity; what the register knows is not asked."""

from registry.forms.fields import YesNoField
from registry.forms.reports import told
from registry.forms.sections import SectionForm
from registry.registration.kinds.charity.checklist import CONDITIONS, LAW, Condition


class WorkForm(SectionForm):
    """What it does."""

    charity_work = told(
        "开展了哪些慈善活动", help_text="扶贫济困、扶老救孤、恤病助残、救灾、教育科学文化卫生体育、环境保护等"
    )
    beneficiaries = told("帮助了哪些人", help_text="只写人群和人数，不写姓名")


def _asked(one: Condition) -> YesNoField:
    return YesNoField(label=one.label, help_text=f"{LAW} {one.clause}")


ConditionsForm = type(SectionForm)(
    "ConditionsForm",
    (SectionForm,),
    {"__doc__": "Each condition, with its clause beside it.", **{one.field: _asked(one) for one in CONDITIONS}},
)
