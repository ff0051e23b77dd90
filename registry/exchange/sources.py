"""What a field of a record may be filled from: a closed list, each with its kind of value and what it means. Pure."""

from dataclasses import dataclass

STEP, SUSPENDED, RESUMED, CERTIFICATE, RATING = "step", "suspended", "resumed", "certificate", "rating"
HAPPENINGS = {
    STEP: "办理步骤",
    SUSPENDED: "暂停计时",
    RESUMED: "恢复计时",
    CERTIFICATE: "发证",
    RATING: "评价",
}
TEXT, NUMBER, MOMENT, DAY, CODED, CODES = "text", "number", "moment", "day", "coded", "codes"

STATES = (
    "draft", "submitted", "reviewed", "reported", "consented", "accepted", "examined", "published", "returned",
    "approved", "rejected", "withdrawn",
)  # fmt: skip
ROADS = ("filing", "registration")
UNITS = ("working", "calendar")
RESULTS = ("approved", "rejected", "withdrawn")
APPLICANTS = ("legal_person", "organisation")
ROLES = ("applicant", "community", "street", "district", "approver", "system")
CAUSES = ("expert", "hearing", "notice", "force", "other")
LEVELS = ("5", "4", "3", "2", "1")
REASONS = ("slow", "attitude", "unclear", "repeated", "difficult", "other")

# Formats of moments and days as platforms write them.
FORMATS = {
    "iso": "%Y-%m-%dT%H:%M:%S%z",
    "plain": "%Y-%m-%d %H:%M:%S",
    "compact": "%Y%m%d%H%M%S",
    "day": "%Y-%m-%d",
    "compact_day": "%Y%m%d",
}
OF_A_DAY = frozenset({"day", "compact_day"})


@dataclass(frozen=True)
class Source:
    """One thing we know: its kind of value, its meaning, for coded ones every value, and in which happenings."""

    kind: str
    means: str
    values: tuple[str, ...] = ()
    of: frozenset[str] = frozenset(HAPPENINGS)


def _only(*happenings: str) -> frozenset[str]:
    return frozenset(happenings)


SOURCES = {
    "case_number": Source(TEXT, "收件编号"),
    "case_id": Source(NUMBER, "办件在本系统的序号"),
    "reference": Source(TEXT, "接入方自己的编号，没有时为空"),
    "sequence": Source(NUMBER, "这份办件推送的第几条"),
    "record_code": Source(TEXT, "记录的代码，见 code"),
    "item_code": Source(TEXT, "事项编码，见 items"),
    "item_version": Source(TEXT, "事项版本，见 items"),
    "matter": Source(TEXT, "事项名称"),
    "road": Source(CODED, "备案或登记", ROADS),
    "applicant_type": Source(CODED, "申请人类型：已登记的法人，其他组织", APPLICANTS),
    "organisation_name": Source(TEXT, "组织名称"),
    "credit_code": Source(TEXT, "统一社会信用代码，没有时为空"),
    "place_code": Source(TEXT, "所在社区（村）的 12 位区划代码"),
    "place_name": Source(TEXT, "所在地，全称"),
    "office_code": Source(TEXT, "决定机关所在地的 12 位区划代码"),
    "office_name": Source(TEXT, "决定机关所在地"),
    "occurred_at": Source(MOMENT, "这件事发生的时间"),
    "submitted_at": Source(MOMENT, "第一次提交的时间"),
    "step_label": Source(TEXT, "环节名称", of=_only(STEP)),
    "state_before": Source(CODED, "环节之前的状态", STATES, _only(STEP)),
    "state_after": Source(CODED, "环节之后的状态", STATES, _only(STEP)),
    "handler_role": Source(CODED, "办理人的角色", ROLES, _only(STEP)),
    "handler_name": Source(TEXT, "工作人员姓名；申请人和系统的步骤为空", of=_only(STEP)),
    "opinion": Source(TEXT, "意见；像证件号和电话的数字不带", of=_only(STEP)),
    "defects": Source(TEXT, "要补正的内容和原因", of=_only(STEP)),
    "result": Source(CODED, "办结结果", RESULTS, _only(STEP)),
    "statutory_days": Source(NUMBER, "法定期限的天数，没有时为空"),
    "statutory_unit": Source(CODED, "法定期限的单位", UNITS),
    "promised_days": Source(NUMBER, "承诺期限的天数，没有时为空"),
    "promised_unit": Source(CODED, "承诺期限的单位", UNITS),
    "promised_on": Source(DAY, "承诺办结日"),
    "certificate_number": Source(TEXT, "证书编号", of=_only(STEP, CERTIFICATE)),
    "certificate_name": Source(TEXT, "证书名称", of=_only(STEP, CERTIFICATE)),
    "certificate_issuer": Source(TEXT, "发证机关", of=_only(STEP, CERTIFICATE)),
    "certificate_issued_on": Source(DAY, "发证日期", of=_only(STEP, CERTIFICATE)),
    "suspension_cause": Source(CODED, "暂停的事由", CAUSES, _only(SUSPENDED, RESUMED)),
    "suspension_reason": Source(TEXT, "暂停的原因", of=_only(SUSPENDED, RESUMED)),
    "suspension_basis": Source(TEXT, "暂停的依据", of=_only(SUSPENDED, RESUMED)),
    "suspension_cap": Source(NUMBER, "最多暂停的天数，没有时为空", of=_only(SUSPENDED, RESUMED)),
    "suspension_starts": Source(DAY, "暂停开始日", of=_only(SUSPENDED, RESUMED)),
    "suspension_ends": Source(DAY, "暂停结束日", of=_only(RESUMED)),
    "rating_level": Source(CODED, "满意程度，5 最好", LEVELS, _only(RATING)),
    "rating_reasons": Source(CODES, "不满意的原因，逗号隔开", REASONS, _only(RATING)),
}
# What a platform's catalogue of electronic certificates may be filled from.
CERTIFICATE_SOURCES = {
    "identifier": Source(TEXT, "证照标识：本系统给的编号，不是国家标准的标识"),
    "type": Source(CODED, "证照种类", ("filing", "registration")),
    "name": Source(TEXT, "证照名称"),
    "number": Source(TEXT, "证照编号"),
    "holder": Source(TEXT, "持证主体"),
    "credit_code": Source(TEXT, "统一社会信用代码，没有时为空"),
    "issuer": Source(TEXT, "发证机关"),
    "issued_on": Source(DAY, "发证日期"),
    "valid_until": Source(TEXT, "有效期至，没有时为空"),
    "status": Source(CODED, "状态", ("valid", "cancelled")),
    "cancelled_on": Source(DAY, "失效日期"),
    "cancel_reason": Source(TEXT, "失效原因"),
    "file": Source(TEXT, "文件名"),
    "file_sha256": Source(TEXT, "文件的 SHA-256"),
    "verify_url": Source(TEXT, "查验网址"),
}
