"""Somebody in front of a browser. Every click is counted, every fault of a page is remembered."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from filings.demo.people import PASSWORD

SITE = "社区社会组织登记备案平台"
DESKTOP, PHONE, NARROW = {"width": 1366, "height": 768}, {"width": 390, "height": 844}, {"width": 360, "height": 740}
WECHAT = {
    "user_agent": "Mozilla/5.0 (Linux; Android 12; V2118A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/107.0.5304.141 Mobile Safari/537.36 XWEB/5023 MMWEBSDK/20221206 MicroMessenger/8.0.32.2300 Language/zh_CN",
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
STATUS_LINE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
NO_WORDS = re.compile(  # names of files, query codes, credit codes, fingerprints
    r"\S+\.(?:png|pdf)|\b[2-9A-HJ-NP-Z]{8}\b|\b[0-9A-Z]{18}\b|\b[0-9a-f]{12}\b"
)
LETTERS = re.compile(r"[A-Za-z_]{3,}")
ABBREVIATIONS = {"PDF", "OFD", "Word", "Excel", "CSV"}
MANNERS = """() => ({
  titles: document.title, headings: document.querySelectorAll('h1').length, language: document.documentElement.lang,
  sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  words: document.body.innerText})"""
EMPTY_QUESTIONS = """() => { const found = new Set();
  for (const one of document.querySelectorAll('main input, main select, main textarea')) {
    if (one.type === 'hidden' || !one.offsetParent) continue;
    const group = document.querySelectorAll(`main [name="${one.name}"]`);
    const said = one.type === 'radio' ? [...group].some((each) => each.checked) : one.type !== 'checkbox' && one.value;
    if (!said) found.add(one.name.replace('promise-', '')); }
  return [...found]; }"""


class Walker:
    """One person with one browser window.

    `clicks` counts mouse activations, `choosers` the files chosen, `asked` the questions that came up without an
    answer. `faults` gathers console errors, server errors and requests to other hosts; `refusals` the 4xx answers,
    which must be the ones a test announces in `expected`.
    """

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.clicks = self.choosers = 0
        self.asked: set[str] = set()
        self.faults: list[str] = []
        self.refusals: list[int] = []
        self.expected: list[int] = []
        self.page = self.new_tab()

    def new_tab(self) -> Page:
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda fault: self.faults.append(f"script: {fault}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        return self.page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not STATUS_LINE.match(message.text):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.base:
            self.faults.append(f"outside: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")
        elif response.status >= 400:
            self.refusals.append(response.status)

    def go(self, path: str) -> Page:
        """Type an address."""
        self.page.goto(path if path.startswith("http") else self.base + path)
        return self.page

    def sign_in(self, username: str) -> "Walker":
        self.context.clear_cookies()
        self.go("/login/")
        self.write("用户名", username)
        self.write("密码", PASSWORD)
        return self.press("登录")

    def press(self, what: str | Locator) -> "Walker":
        """Click a button or a link of the page's middle by its words, or anything by its locator; a page follows."""
        self.clicks += 1
        with self.page.expect_navigation():
            self._find(what).click()
        return self

    def tap(self, what: str | Locator) -> "Walker":
        """Click something after which the page stays."""
        self.clicks += 1
        self._find(what).click()
        return self

    def _find(self, what: str | Locator) -> Locator:
        if not isinstance(what, str):
            return what
        middle = self.page.locator("main")
        return middle.get_by_role("button", name=what).or_(middle.get_by_role("link", name=what)).first

    def choose(self, question: str, answer: str) -> "Walker":
        """Click one answer of a question."""
        self.clicks += 1
        group = self.page.get_by_role("group", name=re.compile(re.escape(question)))
        group.get_by_label(answer, exact=True).click()
        return self

    def pick(self, question: str, answer: str) -> "Walker":
        """Choose a line of a list."""
        self.clicks += 1
        self.page.get_by_label(re.compile(f"^{re.escape(question)}")).select_option(label=answer)
        return self

    def write(self, question: str, text: str) -> "Walker":
        """Type an answer and go on with the Tab key; nobody needs a mouse for that."""
        field = self.page.get_by_label(re.compile(f"^{re.escape(question)}"))
        field.fill(text)
        field.press("Tab")
        return self

    def bring(self, kind: str, path: Path) -> "Walker":
        """Choose a file for a line of the checklist."""
        self.choosers += 1
        self.page.locator(f"input[type=file][name={kind}]").set_input_files(path)
        return self

    def count_questions(self) -> "Walker":
        """Remember which questions of this page nobody has answered yet."""
        step = urlsplit(self.page.url).path.strip("/").split("/")[-1]
        self.asked |= {f"{step}.{name}" for name in self.page.evaluate(EMPTY_QUESTIONS)}
        return self

    @property
    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def manners(self, *, axe: bool = True) -> list[str]:
        """What this page does wrong: headings, title, language, width, words nobody can read, barriers."""
        told = self.page.evaluate(MANNERS)
        odd = set(LETTERS.findall(NO_WORDS.sub("", told["words"]))) - ABBREVIATIONS
        found = {
            f"{told['headings']} main headings": told["headings"] != 1,
            f"title {told['titles']!r}": not told["titles"].endswith(f" - {SITE}"),
            f"language {told['language']!r}": told["language"] != "zh-CN",
            f"{told['sideways']} px too wide": told["sideways"] > 0,
            f"letters {sorted(odd)}": bool(odd),
        }
        return [words for words, wrong in found.items() if wrong] + (self.barriers() if axe else [])

    def barriers(self) -> list[str]:
        """What axe finds."""
        found = Axe().run(self.page).response["violations"]
        return [f"axe {one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]
