"""How many organisations there are, where, and what holds of them."""

from functools import partial

from registry.models import Organisation
from supervision.indicators.catalogue.making import average, number, of_organisations
from supervision.indicators.indicator import Indicator
from supervision.indicators.populations import duties, entries, places
from supervision.indicators.populations import organisations as sets

AVERAGES: tuple[Indicator, ...] = (
    average("avg_urban", "城市", places.URBAN),
    average("avg_rural", "农村", places.RURAL),
)
COVERAGE: tuple[Indicator, ...] = (
    Indicator(
        "rural_service_org",
        "有社会服务机构的农村社区",
        "农村服务机构",
        "至少有1家已登记社会服务机构的农村社区 ÷ 全部农村社区；一个社区有几家也只算一个",
        sets.rural_communities_with_service_org,
        partial(places.communities, area_class=places.RURAL),
        lacks="个农村社区",
        hits_words="已有的农村社区",
        base_words="农村社区",
        formal_down_to=3,
    ),
    Indicator(
        "quantity",
        "社区社会组织数量",
        "组织数量",
        "已登记和已备案的组织数 ÷ 区县数；区县只看本区县的组织数，与起始年份比较，质量没有数字可比",
        sets.standings,
        places.counties,
        kind="average",
        lists=Organisation,
        lacks="个组织",
        hits_words="组织",
        base_words="区县",
        formal_down_to=3,
    ),
)
PARTY: tuple[Indicator, ...] = (
    of_organisations(
        "party",
        "党组织覆盖的组织",
        "党组织覆盖",
        "单独、联合或兜底方式被党组织覆盖的组织 ÷ 已登记和已备案的组织",
        sets.covered,
        sets.standings,
        hits_words="已覆盖的组织",
    ),
    of_organisations(
        "party_own",
        "应建党组织的组织已建",
        "应建已建",
        "正式党员3名以上的组织中，已单独建立党组织或已向上级党组织申请的 ÷ 正式党员3名以上的组织；预备党员不计，"
        "党员人数以组织最近报告的为准",
        sets.have_own_party,
        sets.must_have_own_party,
        hits_words="已建的组织",
        base_words="应单独建立党组织的组织",
    ),
    of_organisations(
        "leader_party",
        "负责人是党员的组织",
        "党员负责人",
        "负责人是党员的组织 ÷ 负责人政治面貌已知的组织",
        partial(sets.led, by_member=True),
        sets.led,
        hits_words="组织",
    ),
    of_organisations(
        "party_contact",
        "党组织定期联系的组织",
        "定期联系",
        "所在社区党组织当年填报已按规定间隔联系的组织 ÷ 所在地为社区（村）的组织；当年没有填报的社区列为缺数据",
        sets.contacted,
        sets.of_communities,
        absent=sets.not_contacted_yet,
        drifts=True,
    ),
    Indicator(
        "three_meetings",
        "落实“三会一课”的街道（乡镇）",
        "三会一课",
        "当年填报单独建立的党组织都落实“三会一课”的街道（乡镇） ÷ 有单独建立党组织的组织的街道（乡镇）；"
        "当年没有填报的列为缺数据",
        entries.having("three_meetings", sets.streets_with_own_party),
        sets.streets_with_own_party,
        entries.silent(sets.streets_with_own_party, "three_meetings"),
        lacks="个街道（乡镇）",
        hits_words="已落实的街道（乡镇）",
        base_words="街道（乡镇）",
        drifts=True,
    ),
)
CONDUCT: tuple[Indicator, ...] = (
    of_organisations(
        "simplified_charter",
        "有简易章程的未登记组织",
        "简易章程",
        "办理备案时交过章程、或者所在社区填报都已有简易章程的组织 ÷ 所在地为社区（村）、已备案和由社区指导的组织；"
        "有组织的章程查不到、又没有填报的社区列为缺数据",
        sets.with_charter,
        sets.unregistered,
        absent=sets.charters_unknown,
    ),
    of_organisations(
        "annual_registered",
        "报送年报的登记组织",
        "登记年报",
        "报送了最近一个已过截止日（5月31日）年度报告的登记组织 ÷ 该年度末已在册、现仍登记的组织",
        partial(duties.reported_yearly, kind="registered"),
        partial(duties.owing_yearly, kind="registered"),
        drifts=True,
    ),
    of_organisations(
        "annual_filed",
        "报送年度情况表的备案组织",
        "年度情况表",
        "报送了最近一个已过截止日（3月31日）年度情况表的备案组织 ÷ 该年度末已在册、现仍备案的组织",
        partial(duties.reported_yearly, kind="filed"),
        partial(duties.owing_yearly, kind="filed"),
        drifts=True,
    ),
    of_organisations(
        "duty_report",
        "法定代表人已述职的组织",
        "述职",
        "法定代表人报送了最近一个已过截止日（5月31日）年度履职报告的登记组织 ÷ 该年度末已在册、现仍登记的组织",
        duties.reported_duty,
        partial(duties.owing_yearly, kind="registered"),
        drifts=True,
    ),
    of_organisations(
        "two_committees",
        "向“两委”报告的组织",
        "向两委报告",
        "报送了最近一个已过截止日的半年报告的组织 ÷ 该半年末已在册、所在地为社区（村）的组织；半年后30天内为报送期",
        duties.reported_periodic,
        duties.owing_periodic,
        drifts=True,
    ),
)
TIERS: tuple[Indicator, ...] = (
    number("registered", "已登记", "已登记", "当日处于登记状态的组织", lambda q: sets.standings(q, "registered")),
    number("filed", "已备案", "已备案", "当日处于备案状态的组织", lambda q: sets.standings(q, "filed")),
    number("listed", "社区指导", "社区指导", "当日由社区列名指导的组织", lambda q: sets.standings(q, "listed")),
    number(
        "set_apart",
        "街道范围和枢纽组织",
        "街道和枢纽",
        "不计入社区平均数的组织：活动范围为街道的和枢纽组织",
        sets.set_apart,
    ),
    number("candidates", "拟登记台账", "拟登记台账", "当日列在拟登记台账上的组织", sets.candidates),
    number(
        "converted",
        "当年由备案转为登记",
        "转为登记",
        "当年1月1日以来由备案转为登记、当日仍登记的组织",
        sets.converted,
        drifts=True,
    ),
)
