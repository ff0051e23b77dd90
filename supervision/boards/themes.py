"""Under which heading a target or a figure stands on a board, so that forty of them can be read."""

from dataclasses import dataclass

from supervision.boards.readings import TIERS, Board
from supervision.indicators import MEASURED_BY


@dataclass(frozen=True)
class Theme:
    """A heading; `keys` are the beginnings of the policy keys that belong under it."""

    slug: str
    label: str
    keys: tuple[str, ...] = ()


NUMBERS = Theme(
    "numbers",
    "数量和覆盖",
    ("target.avg_", "target.quantity_", "target.rural_communities", "target.social_work"),
)
REST = Theme("rest", "其他要求")
THEMES = (
    NUMBERS,
    Theme(
        "hubs",
        "枢纽和孵化",
        ("target.hub", "target.federation", "target.incubation", "rule.hub", "hub.", "incubation"),
    ),
    Theme("party", "党建", ("party", "leader.")),
    Theme("volunteers", "志愿服务和慈善", ("target.volunteer", "target.charity", "volunteer", "charity")),
    Theme(
        "means",
        "队伍和经费",
        ("target.talent", "target.training", "talent", "training", "street.assigned", "budget", "fund", "support"),
    ),
    Theme(
        "duties",
        "管理和监督",
        (
            *("inspection", "supervision", "street.", "filing", "disclosure", "report", "annual", "contact"),
            *("activity", "evaluation", "service.", "charter", "ledger", "legal_rep", "target.online"),
            "target.industry",
        ),
    ),
    Theme("features", "品牌和特色", ("brand", "feature")),
    REST,
)
BY_SLUG = {theme.slug: theme for theme in THEMES}
ANSWERED = {indicator: key for key, indicator in MEASURED_BY.items()}


def of(key: str) -> Theme:
    """The theme of a policy key; what no theme knows stands under the last one."""
    return next((theme for theme in THEMES if key.startswith(theme.keys)), REST) if key else REST


def columns(board: Board) -> dict[str, Theme]:
    """Indicator → theme, for every column of a board that says something of a place below."""
    asked = ANSWERED | {held.indicator.name: held.parameter.key for held in board.held if held.indicator}
    told = [column.name for at, column in enumerate(board.columns) if told_below(board, at)]
    return {name: NUMBERS if name in TIERS else of(asked.get(name, "")) for name in told}


def told_below(board: Board, at: int) -> bool:
    """What is counted at the place itself alone (a figure of the whole county) is no column of its streets."""
    below = [row.figures[at] for row in board.rows if not row.is_own]
    return any(one.hits or one.base or one.missing or one.indicator.base is None for one in below)
