"""The words of the letters, as data. `{…}` is filled in by `registry.documents.letters`. No seal is drawn.

Remedies: 行政复议法（2023 修订）第二十条, 行政诉讼法 第四十六条. What is no permit (备案, 报告) only tells a result.
"""

from dataclasses import dataclass

REVIEW = "六十日内依法申请行政复议（《中华人民共和国行政复议法》第二十条）"
COURT = "六个月内依法提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）"
REMEDY = f"不服本决定的，可以自收到本决定书之日起{REVIEW}，也可以自收到本决定书之日起{COURT}。"
RESULT_REMEDY = (
    "{matter}不是行政许可，本告知书只告知办理结果。对结果有异议的，可以向作出单位提出；"
    f"认为侵犯合法权益的，可以自收到本告知书之日起{REVIEW}，或者{COURT}。"
)
PERMIT_LAW = "《中华人民共和国行政许可法》"
AGAIN = "补齐条件后可以重新申请。"


@dataclass(frozen=True)
class Text:
    """A letter: its title, its paragraphs before and after the itemised part, and the clause it stands on."""

    title: str
    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    basis: str = ""


CASE = "{name}的{matter}申请（收件编号：{number}）"
PERMIT = {
    "correction": Text(
        "补正告知书",
        (f"{CASE}收悉。经核对，有以下{{many}}处需要补正，现一次性告知：",),
        ("登录后在这份办件里直接修改上列内容并重新提交，其他内容不用再填。补正期间不计入办理期限。",),
        f"{PERMIT_LAW}第三十二条第一款第（四）项",
    ),
    "accepted": Text(
        "受理通知书",
        (f"{CASE}材料齐全，符合法定形式，决定予以受理。",),
        ("{limits}",),
        f"{PERMIT_LAW}第三十二条第一款第（五）项、第二款",
    ),
    "not_accepted": Text(
        "不予受理决定书",
        (f"{CASE}经审查，决定不予受理。理由：{{reason}}",),
        (AGAIN, REMEDY),
        f"{PERMIT_LAW}第三十二条第一款、第二款",
    ),
    "not_granted": Text(
        "不予{matter}决定书",
        (f"{CASE}经审查，决定不予{{matter}}。理由：{{reason}}",),
        (AGAIN, REMEDY),
        f"{PERMIT_LAW}第三十八条第二款",
    ),
    "granted": Text(
        "准予{matter}决定书",
        (f"{CASE}经审查，符合法定条件，准予{{matter}}。",),
        ("{paper}",),
        f"{PERMIT_LAW}第三十八条第一款",
    ),
}
RESULT = {
    "correction": Text(
        "补正告知书",
        (f"{CASE}收悉。经核对，有以下{{many}}处需要补正，现一次性告知：",),
        ("登录后在这份办件里直接修改上列内容并重新提交，其他内容不用再填。补正期间不计入办理期限。",),
    ),
    "accepted": Text("受理通知书", (f"{CASE}材料齐全，已经受理。",), ("{limits}",)),
    "not_accepted": Text("{matter}结果告知书", (f"{CASE}没有受理。理由：{{reason}}",), (AGAIN, RESULT_REMEDY)),
    "not_granted": Text(
        "不予{matter}结果告知书",
        (f"{CASE}经审核，不予{{matter}}，现告知结果。理由：{{reason}}",),
        (AGAIN, RESULT_REMEDY),
    ),
    "granted": Text("准予{matter}结果告知书", (f"{CASE}经审核，准予{{matter}}，现告知结果。",), ("{paper}",)),
}
REPORT = RESULT | {
    "not_granted": Text(
        "{matter}结果告知书", (f"{CASE}经审核，没有通过。理由：{{reason}}",), ("改正后可以重新提交。", RESULT_REMEDY)
    ),
    "granted": Text("{matter}结果告知书", (f"{CASE}经审核，已经办结。",), ("{paper}",)),
}
EVERY = {
    "withdrawn": Text("撤回申请确认书", (f"{CASE}已由申请人于{{day}}撤回，办理终止。",), ("以后可以重新申请。",)),
    "undertaking": Text(
        "容缺承诺书",
        (f"{CASE}中下列材料暂时没有，承诺按期补交：",),
        ("承诺所填内容属实。到期没有补交的，补交之前不能再作承诺，办理单位可以据此作出处理。",),
    ),
}
