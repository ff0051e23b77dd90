"""The periodic report to the community's party committee and residents' committee (渝北 2021 三（四）2). Pure.

A report, not an application: the committee says that it has read it.
"""

from registry.flows import Move

NOTED = "noted"
FLOWS = {
    NOTED: (
        Move("submit", "提交报告", ("draft", "returned"), "submitted", "applicant", ("complete",), "primary", 10),
        Move(
            "take_note",
            "社区收悉",
            ("submitted",),
            "approved",
            "community",
            ("not_the_sender", "opinions_in"),
            "success",
            quick=True,
            bulk=True,
        ),
        Move("return", "退回补充", ("submitted",), "returned", "community", ("defects_named",)),
        Move("recall", "撤回补正通知", ("returned",), "submitted", "community", ("our_notice",), aside=True),
        Move("withdraw", "撤回报告", ("draft", "submitted", "returned"), "withdrawn", "applicant"),
    )
}
