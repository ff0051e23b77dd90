"""The road of 登记 as a table. Pure.

Where the registration authority and the street are jointly responsible (广西 2020 四（二）) the street consents
before the authority accepts; elsewhere the application goes straight to the authority. Examining and
approving are two acts by two people. Who is told nothing within the days of intake is accepted (行政许可法 32): the
system takes that step (视为受理).
"""

from registry.flows import SYSTEM, Move

STREET_CONSENT, DIRECT = "street_consent", "direct"
INTAKE = "licence.correction_days"


def _flow(*, consent: bool) -> tuple[Move, ...]:
    first = "consented" if consent else "submitted"
    street = (
        Move(
            "consent",
            "同意并转登记机关",
            ("submitted",),
            "consented",
            "street",
            ("opinion_given", "opinions_in"),
            "primary",
            5,
            limit=INTAKE,
        ),
        Move("return_street", "退回补正", ("submitted",), "returned", "street", ("defects_named",)),
        Move("refuse_consent", "不同意", ("submitted",), "rejected", "street", ("opinion_given",), "danger"),
        Move("recall_street", "撤回补正通知", ("returned",), "submitted", "street", ("our_notice",), aside=True),
    )
    submitted = "" if consent else INTAKE
    return (
        Move(
            "submit",
            "提交申请",
            ("draft", "returned"),
            "submitted",
            "applicant",
            ("complete",),
            "primary",
            5,
            limit=submitted,
        ),
        *(street if consent else ()),
        Move(
            "accept",
            "受理",
            (first,),
            "accepted",
            "district",
            ("our_desk", "consent_in_hand"),
            "primary",
            10,
            quick=True,
            bulk=True,
        ),
        Move("deem", "视为受理", (first,), "accepted", SYSTEM, ("our_desk", "consent_in_hand"), days=10, silent=True),
        Move("return", "一次性告知补正", (first,), "returned", "district", ("defects_named",)),
        Move("recall", "撤回补正通知", ("returned",), first, "district", ("our_notice",), aside=True),
        Move("refuse", "不予受理", (first,), "rejected", "district", ("opinion_given",), "danger"),
        Move(
            "examine",
            "审查并报批",
            ("accepted",),
            "examined",
            "district",
            ("opinion_given", "rules_met", "credit_code_free"),
            "primary",
            5,
        ),
        Move(
            "approve",
            "准予登记",
            ("examined",),
            "approved",
            "approver",
            ("not_the_examiner", "opinions_in", "promises_kept", "rules_met", "credit_code_free"),
            "success",
            bulk=True,
        ),
        Move("back", "退回审查", ("examined",), "accepted", "approver", ("opinion_given",), "secondary", 5),
        Move(
            "reject", "不予登记", ("examined",), "rejected", "approver", ("opinion_given", "not_the_examiner"), "danger"
        ),
        Move("withdraw", "撤回申请", ("draft", "submitted", "returned"), "withdrawn", "applicant"),
    )


FLOWS = {STREET_CONSENT: _flow(consent=True), DIRECT: _flow(consent=False)}
