"""Recognition of a registered organisation as a charity (慈善法 10) as a table. Pure.

Examined by one and approved by another, within twenty days from acceptance.
"""

from registry.flows import Move

EXAMINED = "examined"
FLOWS = {
    EXAMINED: (
        Move(
            "submit",
            "提交认定申请",
            ("draft", "returned"),
            "submitted",
            "applicant",
            ("complete",),
            "primary",
            5,
            limit="licence.correction_days",
        ),
        Move("accept", "受理", ("submitted",), "accepted", "district", (), "primary", 10, quick=True, bulk=True),
        Move("return", "一次性告知补正", ("submitted",), "returned", "district", ("defects_named",)),
        Move("recall", "撤回补正通知", ("returned",), "submitted", "district", ("our_notice",), aside=True),
        Move("refuse", "不予受理", ("submitted",), "rejected", "district", ("opinion_given",), "danger"),
        Move(
            "examine",
            "审查并报批",
            ("accepted",),
            "examined",
            "district",
            ("opinion_given", "conditions_met", "still_registered"),
            "primary",
            5,
        ),
        Move(
            "approve",
            "准予认定",
            ("examined",),
            "approved",
            "approver",
            ("not_the_examiner", "opinions_in", "conditions_met", "still_registered"),
            "success",
        ),
        Move("back", "退回审查", ("examined",), "accepted", "approver", ("opinion_given",), "secondary", 5),
        Move(
            "reject", "不予认定", ("examined",), "rejected", "approver", ("opinion_given", "not_the_examiner"), "danger"
        ),
        Move("withdraw", "撤回申请", ("draft", "submitted", "returned"), "withdrawn", "applicant"),
    )
}
