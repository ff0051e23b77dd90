"""What counties, and the bureaus above them, enter. Pure."""

from dataclasses import replace

from supervision.items.item import BUREAUS, COUNTY, NATION, PREFECTURE, STREET, Item, flag, held, part, yearly

QUOTAS = tuple(f"inspection.ratio.{level}" for level in ("county", "city", "province", "nation"))
NODES = (*BUREAUS, STREET)
OF_SEVERAL: tuple[Item, ...] = (
    held(
        "incubation_platforms",
        "正常运行的孵化平台",
        NODES,
        "个",
        "本级举办、正常运行的社区社会组织孵化平台数，不含下级的",
        "target.incubation_network.coverage",
    ),
    yearly(
        "budget_lines",
        "年度预算中的扶持资金",
        NODES,
        "项",
        "本部门（街道、乡镇）当年预算中培育扶持社区社会组织的项目数",
        "budget.line_required",
    ),
    yearly(
        "bureau_trainings",
        "组织的学习培训",
        BUREAUS,
        "次",
        "本部门当年组织社区社会组织负责人、社会工作者和志愿者学习培训的次数",
        "training.cadence",
    ),
    yearly(
        "random_total",
        "本级登记的社会组织",
        (NATION, *BUREAUS),
        "家",
        "本级登记管理机关登记的社会组织总数，即当年抽查的全部对象",
        *QUOTAS,
    ),
    replace(
        yearly(
            "random_drawn",
            "双随机抽查的社会组织",
            (NATION, *BUREAUS),
            "家",
            "本级登记管理机关当年按“双随机”办法抽查的社会组织数",
            "inspection.double_random",
            *QUOTAS,
        ),
        most="random_total",
    ),
    held(
        "industry_associations",
        "行业协会商会",
        (PREFECTURE, COUNTY),
        "家",
        "本级登记的行业协会商会总数，不含下级登记的",
        "target.industry_association.decoupled",
    ),
    part(
        "industry_associations",
        "decoupled_associations",
        "已脱钩的行业协会商会",
        (PREFECTURE, COUNTY),
        "家",
        "其中“五分离、五规范”已全部落实的家数",
        "target.industry_association.decoupled",
    ),
    held(
        "approval_items",
        "社会组织审批事项",
        (PREFECTURE, COUNTY),
        "项",
        "本级办理的社会组织审批事项总数",
        "target.online_joint_processing",
    ),
    part(
        "approval_items",
        "online_items",
        "网上联办的审批事项",
        (PREFECTURE, COUNTY),
        "项",
        "其中已能网上一站受理、部门联办的事项数",
        "target.online_joint_processing",
    ),
)
OF_COUNTIES: tuple[Item, ...] = (
    held(
        "volunteer_orgs",
        "志愿服务组织",
        (COUNTY,),
        "个",
        "在志愿服务信息系统登记的志愿服务组织数",
        "target.volunteer_org_ratio",
    ),
    held(
        "volunteers",
        "注册志愿者",
        (COUNTY,),
        "人",
        "在志愿服务信息系统注册的志愿者人数",
        "target.volunteer_ratio",
    ),
    flag(
        "accelerated",
        "加快发展县（市、区）",
        COUNTY,
        "本县（市、区）是否列入省定加快发展县（市、区）名单。",
        "target.charity_precision_base.share",
        "target.charity_base.other_counties",
    ),
    held(
        "charity_precision_bases",
        "慈善精准帮扶基地",
        (COUNTY,),
        "个",
        "已建成的慈善精准帮扶基地数，只由加快发展县（市、区）填写",
        "target.charity_precision_base.share",
    ),
    held(
        "charity_bases",
        "慈善基地",
        (COUNTY,),
        "个",
        "已建成的慈善基地数，由加快发展县（市、区）以外的县（市、区）填写",
        "target.charity_base.other_counties",
    ),
    held(
        "talents",
        "社区社会组织骨干人才",
        (COUNTY,),
        "人",
        "本县（市、区）的社区社会组织骨干人才总数",
        "target.talent.trained_share",
    ),
    part(
        "talents",
        "trained_talents",
        "掌握社会工作知识的骨干人才",
        (COUNTY,),
        "人",
        "其中参加过社会工作培训或者有社会工作者职业资格证书的人数",
        "target.talent.trained_share",
    ),
    held(
        "filing_rulesets",
        "备案管理办法",
        (COUNTY,),
        "份",
        "本县（市、区）现行的社区社会组织备案管理办法份数",
        "filing.ruleset_document",
    ),
    yearly(
        "star_evaluations",
        "星级评估",
        (COUNTY,),
        "次",
        "当年开展社区社会组织星级评估的次数",
        "evaluation.star.cadence",
    ),
    yearly(
        "special_inspections",
        "专项监督检查",
        (COUNTY,),
        "次",
        "当年组织社会组织专项监督检查的次数",
        "inspection.special.annual",
    ),
)
BASELINES: tuple[Item, ...] = tuple(
    Item(f"baseline_{key}", f"改革前的{word}", (COUNTY,), unit, f"{help}，只填一次。", ("service.five_reductions",))
    for key, word, unit, help in (
        ("items", "办事事项", "项", "改革以前社区社会组织登记、备案分成多少项来办"),
        ("steps", "办事环节", "个", "改革以前办一件事最多经过几个环节"),
        ("materials", "办事材料", "份", "改革以前办一件事最多要交几份材料"),
        ("certificates", "办事证照", "份", "改革以前办一件事要交几份证照"),
        ("days", "办结时限", "个工作日", "改革以前承诺的办结时限"),
    )
)
