"""Keys of the development targets: judged on places, every level on the path counts."""

from typing import Any

from registry.policy.vocabulary import Key, flag, number

HUB = "枢纽型、支持型组织"


def _target(name: str, label: str, meaning: str, unit: str, op: str = "≥", **more: Any) -> Key:
    return number(name, label, meaning, "target", unit, op, kind="target", **more)


TARGETS = (
    _target(
        "target.avg_per_urban_community",
        "城市社区平均拥有数",
        "全部城市社区的社区社会组织总数除以城市社区数，不得低于要求。",
        "per_community",
    ),
    _target(
        "target.avg_per_rural_community",
        "农村社区平均拥有数",
        "全部农村社区的社区社会组织总数除以农村社区数，不得低于要求。",
        "per_community",
    ),
    Key(
        name="target.avg_per_community",
        label="社区平均拥有数（无数字）",
        meaning="文件希望数量和质量与当地发展相适应，没有规定每个社区平均拥有多少个。",
        theme="target",
        units=("none",),
        ops=("none",),
        takes="none",
        kind="option",
    ),
    _target(
        "target.hub.registered_per_street",
        "街道已登记的枢纽组织",
        "每个街道（乡镇）都要有已经登记的枢纽型联合会或服务中心，仅备案的不算。",
        "hub",
    ),
    _target(
        "target.hub.per_street",
        "街道枢纽组织",
        f"每个街道（乡镇）都要有{HUB}，登记或备案均可。",
        "hub",
    ),
    _target("target.hub.per_community", "社区枢纽组织", f"每个城乡社区都要有{HUB}。", "hub"),
    _target(
        "target.federation.per_street",
        "街道联合会",
        "每个街道（乡镇）都要成立社区社会组织联合会，服务中心等其他枢纽不算。",
        "hub",
    ),
    _target(
        "target.hub.demonstration_per_district",
        "枢纽示范点",
        "每个区都要打造街道（乡镇）级枢纽组织示范点。",
        "hub",
    ),
    Key(
        name="rule.hub.full_time_social_workers",
        label="枢纽组织专职社工",
        meaning="每个枢纽组织配备的专职社工人数；少于下限为未达标，多于上限不算违规。",
        theme="target",
        units=("person",),
        ops=("between",),
        takes="range",
        kind="target",
    ),
    _target(
        "target.incubation_network.coverage",
        "三级孵化网络",
        "市、区、街道（乡镇）各级都要有正常运行的孵化平台。",
        "share",
        "==",
    ),
    _target(
        "target.volunteer_liaison_per_community",
        "社区志愿服务联系员",
        "每个社区都要设立志愿服务联系员。",
        "person",
    ),
    _target(
        "target.rural_communities_with_social_service_org",
        "有社会服务机构的农村社区",
        "至少有一家已登记社会服务机构的农村社区占全部农村社区的比例；一个社区有几家也只算一次。",
        "share",
    ),
    _target(
        "target.social_work_agency.urban_coverage",
        "社会工作服务机构覆盖城市社区",
        "在社会工作服务机构服务范围内的城市社区占全部城市社区的比例。",
        "share",
    ),
    _target(
        "target.social_work_agency.rural_coverage",
        "社会工作服务机构覆盖农村社区",
        "在社会工作服务机构服务范围内的农村社区占全部农村社区的比例。",
        "share",
    ),
    _target(
        "target.volunteer_org_ratio",
        "志愿服务组织与人口之比",
        "在志愿服务信息系统登记的志愿服务组织数与居民人口之比。",
        "share",
    ),
    _target("target.volunteer_ratio", "注册志愿者占人口比例", "注册志愿者人数与居民人口之比。", "share"),
    _target(
        "target.charity_precision_base.share",
        "慈善精准帮扶基地",
        "建有慈善精准帮扶基地的加快发展县（市、区）占全部加快发展县（市、区）的比例。",
        "share",
    ),
    _target(
        "target.charity_base.other_counties",
        "慈善基地",
        "建有慈善基地的其他县（市、区）所占比例。",
        "share",
        "==",
    ),
    _target(
        "target.industry_association.decoupled",
        "行业协会商会脱钩",
        "完成五分离、五规范的行业协会商会所占比例。",
        "share",
        "==",
    ),
    _target(
        "target.online_joint_processing",
        "审批网上联办",
        "实现网上一站受理、部门联办的审批事项所占比例，按各县（市、区）各事项计算。",
        "share",
        "==",
    ),
    _target(
        "target.talent.trained_share",
        "骨干人才培训比例",
        "掌握社会工作专业知识和方法的骨干人才占全部骨干人才的比例。",
        "share",
        "==",
    ),
    _target(
        "target.training.street_coverage",
        "开展骨干培训的街道（镇）",
        "举办过骨干人才培训的街道（镇）占全部街道（镇）的比例。",
        "share",
        "==",
    ),
    _target(
        "target.quantity_quality_trend",
        "数量和质量提升",
        "社区社会组织的数量和质量比起始年份提高，只看方向。",
        "none",
        "increase",
    ),
    _target(
        "street.assigned_staff", "街道专（兼）职工作人员", "每个街道（乡镇）负责社区社会组织工作的人数。", "person"
    ),
    _target(
        "street.management_procedure_document",
        "管理工作规程",
        "街道和社区要为未登记的社区社会组织制定管理工作规程。",
        "document",
    ),
    flag(
        "disclosure.community_board",
        "社区信息公开栏",
        "每个社区都要建立社区社会组织信息公开制度。",
        "target",
        kind="target",
        words={"yes": "应当建立"},
    ),
    _target(
        "budget.line_required", "年度预算", "民政部门和街道（乡镇）每个财政年度都要有扶持资金预算。", "budget_line"
    ),
    _target("brand.per_town", "一乡一镇一品牌", "每个乡镇都要有社区社会组织品牌。", "record"),
    _target("feature.per_community", "一村一居一特色", "每个村（社区）都要有特色项目。", "record"),
    _target("filing.ruleset_document", "备案管理办法", "县级要制定社区社会组织备案管理办法。", "document"),
    _target("inspection.special.annual", "年度专项检查", "每年组织专项监督检查的次数。", "campaign"),
    _target(
        "party.coverage",
        "党组织覆盖率",
        "有单独、联合或兜底党组织的社区社会组织占全部正常活动组织的比例。",
        "share",
        "==",
    ),
    _target(
        "leader.party_member_share",
        "负责人中的党员比例",
        "负责人中党员所占比例逐步提高，只看方向。",
        "share",
        "increase",
    ),
)
