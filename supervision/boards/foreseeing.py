"""What is to be expected of a target in a place: from the cases under way, or the reason why nothing can be said."""

from registry import codes
from registry.policy.parameters import Parameter
from supervision import forecasts
from supervision.boards import feeds
from supervision.boards.experience import Experience
from supervision.boards.feeds import FEEDS, Flow
from supervision.forecasts import Forecast, Stream
from supervision.indicators import Indicator, Question
from supervision.targets import Judgement, Status, Timing

STANDING = "长期要求，没有期限，不作预计。"
OVER = "期限已过，不再预计。"
UNKNOWN = "还有基础数据没有填报，暂时算不出差多少。"
UNMOVED = "在办的备案和登记不会改变这个数字，不作预计。"
UNTRIED = f"近一年办结的申请不足 {forecasts.ENOUGH} 件，没有可以参照的通过率，不作预计。"


def foresee(judged: Judgement, indicator: Indicator, code: str, question: Question) -> tuple[Forecast | None, str]:
    """The forecast of a place for one target, or the reason why there is none."""
    silence = unforeseen(judged, indicator)
    if silence or not judged.gap:
        return None, silence
    width = len(codes.prefix(code))
    flow = feeds.flows(indicator, question, width).get(codes.prefix(code), Flow())
    told = forecast(judged.parameter, judged.gap, flow, Experience(question.on), code)
    return told, "" if told else UNTRIED


def unforeseen(judged: Judgement, indicator: Indicator) -> str:
    """Why nothing is foreseen of a target; empty where something can be."""
    if judged.timing is not Timing.AHEAD:
        return STANDING if judged.timing is Timing.STANDING else OVER
    if judged.gap is None:
        return "" if judged.status is Status.NOT_APPLICABLE else UNKNOWN
    return UNMOVED if indicator.name not in FEEDS else ""


def forecast(parameter: Parameter, gap: int, flow: Flow, known: Experience, code: str) -> Forecast | None:
    """What the cases of a place will bring by the due day; None where cases under way cannot be judged."""
    streams = []
    for kind, many in flow.under_way.items():
        found = known.of(code, kind) if many else None
        if many and found is None:
            return None
        if found:
            streams.append(Stream(feeds.LABELS[kind], many, found[1], found[0]))
    if parameter.due is None:
        raise ValueError(f"{parameter.id} has no due day")
    return forecasts.foresee(gap, streams, on=known.on, due=parameter.due, year=flow.year)


def grounds(told: Forecast) -> list[str]:
    """What a forecast assumes, in plain sentences."""
    return [*(_stream(stream, told) for stream in told.streams), *_assumed(told)]


def _stream(stream: Stream, told: Forecast) -> str:
    known = stream.history
    said = f"在办的{stream.label} {stream.under_way} 件。{stream.where}近一年办结 {known.decided} 件，"
    days = known.quartiles()
    if days is None:
        return said + "没有一件通过。"
    first, half, last = days
    return (
        f"{said}通过 {known.granted.total()} 件；从提交到办结，一半在 {half} 天以内，中间一半在 {first} 到 {last} 天；"
        f"在 {told.days} 天以内通过的有 {known.within(told.days)} 件。"
    )


def _assumed(told: Forecast) -> list[str]:
    between = "区间的意思：同样的情形，十次里大约有八次落在这个范围。" if told.streams else "现在没有在办的申请。"
    return [
        f"到期限还有 {told.days} 天。",
        "只算已经提交的申请，按过去的通过率和快慢推算；以后提交的申请、以后注销的组织都不算。",
        between,
        f"近一年速度：近一年因申请通过增加 {told.year} 个，照此到期限还会增加 {told.paced} 个；不看手里有多少申请。",
    ]
