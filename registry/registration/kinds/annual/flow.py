"""The yearly report of a registered organisation as a table. Pure.

Under dual management with the street as supervising unit the street looks first (社会团体登记管理条例 28,
民办非企业单位登记管理暂行条例 23: 经业务主管单位初审同意后报送登记管理机关); else it goes straight to the authority.
"""

from registry.flows import Move

SUPERVISED, DIRECT = "supervised", "direct"


def _flow(*, supervised: bool) -> tuple[Move, ...]:
    first = "consented" if supervised else "submitted"
    street = (
        Move(
            "pass_on",
            "初审同意",
            ("submitted",),
            "consented",
            "street",
            ("opinion_given", "not_the_sender"),
            "primary",
            20,
        ),
        Move("return_street", "退回补正", ("submitted",), "returned", "street", ("defects_named",)),
        Move("recall_street", "撤回补正通知", ("returned",), "submitted", "street", ("our_notice",), aside=True),
    )
    return (
        Move("submit", "提交报告", ("draft", "returned"), "submitted", "applicant", ("complete",), "primary", 20),
        *(street if supervised else ()),
        Move(
            "take_note",
            "审查收悉",
            (first,),
            "approved",
            "district",
            ("not_the_sender", "opinions_in"),
            "success",
            bulk=True,
        ),
        Move("return", "退回补正", (first,), "returned", "district", ("defects_named",)),
        Move("recall", "撤回补正通知", ("returned",), first, "district", ("our_notice",), aside=True),
        Move("withdraw", "撤回报告", ("draft", "submitted", "returned"), "withdrawn", "applicant"),
    )


FLOWS = {SUPERVISED: _flow(supervised=True), DIRECT: _flow(supervised=False)}
