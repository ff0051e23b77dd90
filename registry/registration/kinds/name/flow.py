"""名称保留 as a table: a name is checked and kept for an applicant until a day. Pure.

A name that is kept can be given up; it runs out by itself, and is used up by the registration that takes it.
"""

from registry.flows import Move

KEPT = "kept"
FLOWS = {
    KEPT: (
        Move("submit", "提交名称", ("draft", "returned"), "submitted", "applicant", ("complete",), "primary", 5),
        Move(
            "reserve",
            "准予保留",
            ("submitted",),
            "approved",
            "district",
            ("not_the_sender", "opinions_in", "name_fits"),
            "success",
        ),
        Move("return", "退回补正", ("submitted",), "returned", "district", ("defects_named",)),
        Move("recall", "撤回补正通知", ("returned",), "submitted", "district", ("our_notice",), aside=True),
        Move(
            "reject", "不予保留", ("submitted",), "rejected", "district", ("opinion_given", "not_the_sender"), "danger"
        ),
        Move("withdraw", "撤回申请", ("draft", "submitted", "returned"), "withdrawn", "applicant"),
        Move("give_up", "放弃保留的名称", ("approved",), "withdrawn", "applicant", ("still_kept",), aside=True),
    )
}
