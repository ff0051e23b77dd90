"""A receipt in words for a page: every requirement and every fact without codes."""

from collections.abc import Iterable, Mapping
from typing import Any

from registry.findings import Finding, Verdict
from registry.policy.codewords import CODEWORDS

WORDS = CODEWORDS | {
    "association": "社会团体",
    "social_service_org": "社会服务机构",
    "foundation": "基金会",
    "none": "没有",
    "own": "单独建立",
    "pending": "待上级批准",
    "joint": "联合建立",
    "fallback": "兜底管理",
    "shared": "与其他组织共用",
    "direct": "直接登记",
    "dual": "双重管理",
    "others": "其他类别",
    "party_building": "党的建设",
    "core_socialist_values": "社会主义核心价值观",
    "division": "行政区划",
    "community_village": "社区（村）",
    "community": "社区（村）",
    "zihao": "字号",
    "business_field": "业务范围（领域）",
    "field": "业务范围（领域）",
    "org_form": "组织形式",
    "form": "组织形式",
    "individual": "个人",
    "unit": "单位",
    "individuals": "个人",
    "units": "单位",
    "mixed": "合计",
    "total": "合计",
}
OWN_PLACES = {"premises": {"own": "独立场所", "none": "没有固定场所"}, "legal_form": {"none": "未登记（非法人）"}}
ASSUMED = "本系统暂定"
NO_BAN = "没有从业禁止"
PASSED = {"leader.serving_cadre_approval_required": "负责人不是在职干部"}
WORD_LISTS = {"name.forbidden_words", "name.restricted_words"}


def rows(findings: Iterable[Finding | Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each finding as the findings table shows it; takes findings and stored ones (`Finding.to_json`)."""
    return [_row(one.to_json() if isinstance(one, Finding) else one) for one in findings]


FILING = ("leader.", "name.forbidden", "name.restricted", "name.conflict", "party.", "filing.")


def split(road: str, lines: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(what this road is judged by, what only a registration asks); all of it for 登记."""
    if road != "filing":
        return lines, []
    own = [line for line in lines if line["key"].startswith(FILING)]
    return own, [line for line in lines if line not in own]


def missing(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """What is missing for registration, each said once."""
    return list(dict.fromkeys(str(line["label"]) for line in lines))


def party_notes(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Duties of party building that are not met yet: to be said aloud, never a reason to refuse."""
    notes = []
    for one in findings:
        if one.key.startswith("party.") and one.verdict == Verdict.FAIL:
            own = one.key.startswith("party.own_org")
            text = f"应单独建立党组织（{one.label}）" if own else one.remedy or one.label
            notes.append({"text": text, "clause": f"{one.document} {one.clause}"})
    return notes


def not_asked(label: str) -> bool:
    """Whether a line of what is missing is only a question nobody has put yet."""
    return label.startswith("尚未填写")


def _unit(key: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return ""
    if key.endswith(("min_capital", "min_fund")):
        return " 元"
    return " 个" if "unit" in key or "federation" in key else (" 人" if "members" in key else "")


def _row(finding: Mapping[str, Any]) -> dict[str, Any]:
    key = finding["key"]
    banned = "ban" in key or key == "leader.measures"
    required = spoken(finding["required"], key) + _unit(key, finding["required"])
    if key in WORD_LISTS and required:
        required = f"不含：{required}"
    if key == "leader.legal_rep_elsewhere":
        required = f"不兼任其他{required}的法定代表人"
    actual = spoken(finding["actual"], key) + _unit(key, finding["actual"])
    if finding["verdict"] == "pass":
        actual = actual or PASSED.get(key, "")
    duty = not finding.get("blocks", True) and finding["verdict"] in ("fail", "unknown")
    return {
        **finding,
        "document": "没有条款依据" if finding["assumed"] and finding["document"] == ASSUMED else finding["document"],
        "clause": "" if finding["assumed"] and finding["document"] == ASSUMED else finding["clause"],
        "verdict": "duty" if duty else finding["verdict"],
        "required_text": NO_BAN if banned else required or "见依据",
        "actual_text": "没有记录" if banned and not actual and finding["verdict"] == "pass" else actual or "未提供",
    }


def spoken(value: Any, key: str = "") -> str:
    """A JSON value in words; an unknown code is left out rather than shown."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "；".join(f"{spoken(name, key)}：{spoken(one, key)}" for name, one in value.items() if one is not None)
    if isinstance(value, list | tuple):
        return "、".join(filter(None, (spoken(one, key) for one in value))) or "没有"
    special = next((words for name, words in OWN_PLACES.items() if name in key), {})
    return special.get(value) or WORDS.get(value) or ("" if value.isascii() and not value[:1].isdigit() else value)
