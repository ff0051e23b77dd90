"""任职前公示 of a proposed leader as a table (温民社组〔2018〕127号 三（十二）). Pure.

The authority makes the appointment public; anybody may object until the last day; another person decides after it.
"""

from registry.flows import Move

PUBLIC = "public"
DECIDING = ("notice_over", "objections_answered", "not_the_publisher")
FLOWS = {
    PUBLIC: (
        Move("submit", "提交公示申请", ("draft", "returned"), "submitted", "applicant", ("complete",), "primary", 5),
        Move("publish", "开始公示", ("submitted",), "published", "district", ("leader_may_stand",), "primary"),
        Move("return", "退回补正", ("submitted",), "returned", "district", ("defects_named",)),
        Move("recall", "撤回补正通知", ("returned",), "submitted", "district", ("our_notice",), aside=True),
        Move("refuse", "不予公示", ("submitted",), "rejected", "district", ("opinion_given",), "danger"),
        Move(
            "confirm",
            "公示无异议",
            ("published",),
            "approved",
            "approver",
            (*DECIDING, "none_upheld", "opinions_in"),
            "success",
        ),
        Move(
            "uphold",
            "异议成立",
            ("published",),
            "rejected",
            "approver",
            ("opinion_given", "objections_answered", "one_upheld", "not_the_publisher"),
            "danger",
        ),
        Move("withdraw", "撤回公示", ("draft", "submitted", "returned", "published"), "withdrawn", "applicant"),
    )
}
