"""The road of 备案 as a table. Pure.

Where the street has entrusted the residents' committee (津民发〔2018〕61号 三（二）) the committee reviews
first and reports upward as a second, separate act; elsewhere an officer of the street does. Either way the
person who decides is another one.
"""

from registry.flows import Move

DELEGATED, DIRECT = "delegated", "direct"


def _flow(first: str, *, delegated: bool) -> tuple[Move, ...]:
    review = ("delegation_for_review", "opinion_given") if delegated else ("opinion_given",)
    report = ("delegation_for_report",) if delegated else ()
    street = (Move("recall_street", "撤回补正通知", ("returned",), "reported", "street", ("our_notice",), aside=True),)
    return (
        Move(
            "submit",
            "提交申请",
            ("draft", "returned"),
            "submitted",
            "applicant",
            ("complete",),
            "primary",
            2,
            limit="filing.preliminary_days",
        ),
        Move("review", "初审", ("submitted",), "reviewed", first, review, "primary", 5, limit="filing.report_days"),
        Move(
            "report",
            "上报街道" if delegated else "送审",
            ("reviewed",),
            "reported",
            first,
            report,
            "primary",
            7,
            quick=True,
            bulk=True,
            limit="filing.decide_days",
            unit="calendar",
        ),
        Move("send_back", "退回补正", ("submitted", "reviewed"), "returned", first, ("defects_named",)),
        Move("return", "退回补正", ("reported",), "returned", "street", ("defects_named", "not_first_reviewer")),
        Move(
            "record",
            "准予备案",
            ("reported",),
            "approved",
            "street",
            ("not_first_reviewer", "tier_chosen", "opinions_in", "promises_kept", "filing_rules_met"),
            "success",
            bulk=True,
        ),
        Move(
            "reject", "不予备案", ("reported",), "rejected", "street", ("opinion_given", "not_first_reviewer"), "danger"
        ),
        Move("recall", "撤回补正通知", ("returned",), "submitted", first, ("our_notice",), aside=True),
        *(street if delegated else ()),
        Move("withdraw", "撤回申请", ("draft", "submitted", "returned"), "withdrawn", "applicant"),
    )


FLOWS = {DELEGATED: _flow("community", delegated=True), DIRECT: _flow("street", delegated=False)}
