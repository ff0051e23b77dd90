"""The yearly report of a legal representative on his duties (温民社组〔2018〕127号 三（十二）) as a table. Pure."""

from registry.flows import Move

NOTED = "noted"
FLOWS = {
    NOTED: (
        Move("submit", "提交述职", ("draft", "returned"), "submitted", "applicant", ("complete",), "primary", 20),
        Move(
            "take_note",
            "审查收悉",
            ("submitted",),
            "approved",
            "district",
            ("not_the_sender", "opinions_in"),
            "success",
            bulk=True,
        ),
        Move("return", "退回补正", ("submitted",), "returned", "district", ("defects_named",)),
        Move("recall", "撤回补正通知", ("returned",), "submitted", "district", ("our_notice",), aside=True),
        Move("withdraw", "撤回述职", ("draft", "submitted", "returned"), "withdrawn", "applicant"),
    )
}
