"""The documents say what is true: every clause has its line, and every module, test and page it names exists."""

import ast
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.urls import get_resolver

from portal.models import User
from registry import models
from registry.casework import kinds
from registry.findings import Verdict
from registry.policy.codewords import CODEWORDS
from registry.policy.files import read_dir
from registry.policy.keys import KEYS
from registry.policy.parameters import Modality
from registry.scope import Role
from supervision.indicators import ALL
from supervision.models import Assignment
from supervision.targets import Status

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
POLICY = DOCS / "policy"
PACKS = {pack.slug: [parameter.id for parameter in pack.parameters] for pack in read_dir(ROOT / "fixtures/policy")}
PARAMETERS = {name for names in PACKS.values() for name in names}
CLAUSES = {
    "tianjin-2018": [f"TJ-{n:02}" for n in range(1, 60)],
    "guangxi-2020": [f"GX-{n:02}" for n in range(1, 58)],
    "yubei-2021": [f"YB-{n:02}" for n in range(1, 84)],
    "jilin-2017": [f"JL-{n:02}" for n in range(1, 45)],
    "wenzhou-2018": [f"WZ-{n:02}" for n in range(1, 75)],
    "national": PACKS["national"],
}
OPEN, NONE = "尚未实现：", "无软件要求："
FOLDERS = "registry|filings|supervision|portal|tests|fixtures|docs|templates|static|benchmarks"
PATH = re.compile(rf"(?:{FOLDERS})/[\w./-]*")
SYMBOL = re.compile(rf"({PATH.pattern}\.py)::(\w+)")
PAGE = re.compile(r"(portal|registry|filings|supervision):([a-z_]+)")
PARAMETER = re.compile(r"[A-Z]{2}\.[a-z]?\d+[a-z]?")
COMMAND = re.compile(r"manage\.py (\w+)")
EVERY = sorted(DOCS.rglob("*.md"))
CHOICES = {
    "LegalForm": models.LegalForm,
    "Category": models.Category,
    "Scope": models.Scope,
    "Premises": models.Premises,
    "PartyState": models.PartyState,
    "StandingKind": models.StandingKind,
    "State": models.State,
    "RoadKey": models.RoadKey,
    "HubType": models.HubType,
    "Unit": models.Unit,
    "Clock.Scope": models.Clock.Scope,
    "Interval.Kind": models.Interval.Kind,
    "Interval.Cause": models.Interval.Cause,
    "Opinion.Kind": models.Opinion.Kind,
    "Opinion.Answer": models.Opinion.Answer,
    "Stage": models.Stage,
    "Attestation.Criterion": models.Attestation.Criterion,
    "Support.Kind": models.Support.Kind,
    "Notice.Kind": models.Notice.Kind,
    "Dispatch.Channel": models.Dispatch.Channel,
    "Dispatch.State": models.Dispatch.State,
    "FormerName.Cause": models.FormerName.Cause,
    "Report.Kind": models.Report.Kind,
    "User.Mail": User.Mail,
    "Jurisdiction.Kind": models.Jurisdiction.Kind,
    "Jurisdiction.Level": models.Jurisdiction.Level,
    "Jurisdiction.AreaClass": models.Jurisdiction.AreaClass,
    "Population.Kind": models.Population.Kind,
    "Certificate.Kind": models.Certificate.Kind,
    "Role": Role,
    "Verdict": Verdict,
    "Modality": Modality,
    "Status": Status,
    "Assignment.State": Assignment.State,
}


@lru_cache
def symbols(path: Path) -> frozenset[str]:
    """What a module defines at its top: functions, classes and names."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return frozenset(found)


@lru_cache
def pages(app: str) -> frozenset[str]:
    """The names of the doors of an app."""
    resolver = get_resolver().namespace_dict[app][1]
    return frozenset(name for name in resolver.reverse_dict if isinstance(name, str))


def stands(reference: str) -> bool | None:
    """Whether what a reference names is there; None for a text in backticks that is no reference."""
    if found := SYMBOL.fullmatch(reference):
        path, name = ROOT / found[1], found[2]
        is_test = name.startswith("test_") or not found[1].startswith("tests/")
        return path.is_file() and is_test and name in symbols(path)
    if PATH.fullmatch(reference):
        return (ROOT / reference).exists()
    if found := PAGE.fullmatch(reference):
        return found[2] in pages(found[1])
    if PARAMETER.fullmatch(reference):
        return reference in PARAMETERS
    if found := COMMAND.fullmatch(reference):
        return found[1] in get_commands()
    return None


def references(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table(text: str, width: int) -> list[list[str]]:
    """The rows of every table of a document, heads and rules left out; a line of another width is a fault."""
    lines = [cells(line) for line in text.splitlines() if line.startswith("|")]
    assert {len(row) for row in lines} == {width}, [row[0] for row in lines if len(row) != width]
    rules = [place for place, row in enumerate(lines) if set(row[0]) == {"-"}]
    left_out = {*rules, *(place - 1 for place in rules)}
    return [row for place, row in enumerate(lines) if place not in left_out]


def faults(row: list[str]) -> list[str]:
    """What is wrong with one line of a clause-by-clause table."""
    name, clause, said, done = row
    found = [f"{name}：{reference} 不存在或不认识" for reference in references(done) if not stands(reference)]
    if not clause or not said:
        found.append(f"{name}：缺少条款或摘要")
    reasons = re.findall(rf"(?:{OPEN}|{NONE})(.*)", done)
    if not references(done) and not reasons:
        found.append(f"{name}：既没有实现，也没有说明原因")
    if any(len(reason) < 4 for reason in reasons) or re.search(r"(尚未实现|无软件要求)(?!：)", done):
        found.append(f"{name}：没有写明原因")
    return found


def standing(done: str) -> str:
    """How far a line is realised, by what it begins with and what it leaves open."""
    if done.startswith(NONE):
        return "none"
    if done.startswith(OPEN):
        return "open"
    return "partly" if OPEN in done else "done"


@pytest.mark.parametrize("slug", CLAUSES)
def test_every_clause_has_one_line_in_order(slug):
    rows = table((POLICY / f"{slug}.md").read_text(encoding="utf-8"), 4)
    assert [row[0] for row in rows] == CLAUSES[slug]


@pytest.mark.parametrize("slug", CLAUSES)
def test_every_line_names_what_exists_or_says_why_nothing_does(slug):
    rows = table((POLICY / f"{slug}.md").read_text(encoding="utf-8"), 4)
    assert [fault for row in rows for fault in faults(row)] == []


@pytest.mark.parametrize("slug", CLAUSES)
def test_every_parameter_of_a_document_is_accounted_for(slug):
    text = (POLICY / f"{slug}.md").read_text(encoding="utf-8")
    named = {row[0] for row in table(text, 4)} | set(references(text))
    assert set(PACKS[slug]) - named == set()


def test_the_overview_counts_the_lines_that_are_there():
    rows = table((POLICY / "README.md").read_text(encoding="utf-8"), 6)
    for link, *numbers in rows:
        slug = re.fullmatch(r"\[.+\]\((.+)\.md\)", link)[1]
        how = Counter(standing(row[3]) for row in table((POLICY / f"{slug}.md").read_text(encoding="utf-8"), 4))
        counted = [how.total(), how["done"], how["partly"], how["open"], how["none"]]
        assert [int(number) for number in numbers] == counted, slug
    assert len(rows) == len(CLAUSES)


@pytest.mark.parametrize(
    ("done", "sound"),
    [
        ("`registry/codes.py`", True),
        ("`registry/gone.py`", False),
        ("`registry/codes.py::normalise`", True),
        ("`registry/codes.py::gone`", False),
        ("`tests/test_docs.py::test_the_checks_notice_what_is_gone`", True),
        ("`tests/test_docs.py::test_that_is_gone`", False),
        ("`tests/test_docs.py::faults`", False),  # a function, but no test
        ("`registry:guide`", True),
        ("`registry:gone`", False),
        ("`TJ.p02`", True),
        ("`TJ.p99`", False),
        ("`manage.py targets`", True),
        ("`manage.py gone`", False),
        ("`anything else`", False),
        ("尚未实现：没有登记册", True),
        ("尚未实现", False),
        ("尚未实现：", False),
        ("无软件要求：只是倡导", True),
        ("`registry/codes.py`。尚未实现：", False),
        ("已经做好", False),
        ("", False),
    ],
)
def test_the_checks_notice_what_is_gone(done, sound):
    assert (faults(["TJ-01", "一", "说了什么", done]) == []) is sound


@pytest.mark.parametrize("path", EVERY, ids=lambda path: str(path.relative_to(DOCS)))
def test_what_a_document_links_to_or_names_is_there(path):
    text = path.read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (path.parent / link).exists()] == []
    assert [reference for reference in references(text) if stands(reference) is False] == []


def terms() -> set[tuple[str, str]]:
    """The (word, identifier) pairs of the glossary."""
    rows = table((DOCS / "glossary.md").read_text(encoding="utf-8"), 4)
    return {(row[0], reference) for row in rows for reference in references(row[1])}


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_stands_in_the_glossary_with_its_word(name):
    assert {(choice.label, f"{name}={choice.value}") for choice in CHOICES[name]} - terms() == set()


def test_every_table_stands_in_the_glossary():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in FOLDERS.split("|")]
    assert len(ours) > 20
    assert {(str(model._meta.verbose_name), model._meta.label) for model in ours} - terms() == set()


def test_every_move_of_a_case_stands_in_the_glossary():
    flows = [flow for kind in kinds.every().values() for flow in kind.flows.values()]
    assert {(move.label, f"verb={move.verb}") for flow in flows for move in flow} - terms() == set()


def test_every_kind_of_case_stands_in_the_glossary():
    assert {(kind.label, f"kind={kind.key}") for kind in kinds.every().values()} - terms() == set()


def test_every_indicator_and_every_policy_key_stands_in_the_glossary():
    named = {(indicator.label, indicator.name) for indicator in ALL} | {(key.label, key.name) for key in KEYS.values()}
    assert named - terms() == set()


def test_every_code_of_a_parameter_stands_in_the_glossary():
    assert {(word, f"code={code}") for code, word in CODEWORDS.items()} - terms() == set()


def test_a_line_of_the_glossary_says_what_and_where():
    rows = table((DOCS / "glossary.md").read_text(encoding="utf-8"), 4)
    assert [row for row in rows if not all(row) or not references(row[1])] == []
    assert [row for row in rows if not any(stands(it) for it in references(row[3])) and row[3] != "尚无代码"] == []


def test_an_identifier_occurs_in_the_module_the_glossary_names():
    for word, identifier, _, where in table((DOCS / "glossary.md").read_text(encoding="utf-8"), 4):
        for reference, place in zip(references(identifier), references(where), strict=False):
            text, name = (ROOT / place).read_text(encoding="utf-8"), reference.split("=")[-1]
            assert name in text or name.split(".")[-1] in text, (word, reference, place)
