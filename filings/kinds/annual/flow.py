"""The short yearly sheet of a filed organisation as a table: the street takes note. Pure."""

from registry.flows import Move

NOTED = "noted"
FLOWS = {
    NOTED: (
        Move("submit", "提交情况表", ("draft", "returned"), "submitted", "applicant", ("complete",), "primary", 20),
        Move(
            "take_note",
            "收悉",
            ("submitted",),
            "approved",
            "street",
            ("not_the_sender", "opinions_in"),
            "success",
            quick=True,
            bulk=True,
        ),
        Move("return", "退回补正", ("submitted",), "returned", "street", ("defects_named",)),
        Move("recall", "撤回补正通知", ("returned",), "submitted", "street", ("our_notice",), aside=True),
        Move("withdraw", "撤回情况表", ("draft", "submitted", "returned"), "withdrawn", "applicant"),
    )
}
