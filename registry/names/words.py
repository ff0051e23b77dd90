"""Words a name is made of, and words that belong to others.

The words a name may not contain are data of the packs (`name.forbidden_words`, `name.restricted_words`). The lists here
are the project's own: organisation forms and fields to read a pasted name by, and reserved words shown as advice.
"""

FORMS = (  # organisation forms, by which a name ends
    "志愿服务总队 志愿服务支队 志愿服务大队 志愿服务队 志愿者服务队 志愿者队 志愿队 服务队 巡逻队 宣讲队 "
    "表演队 舞蹈队 合唱队 健身队 联合总会 联合会 促进会 研究会 理事会 参事会 议事会 互助会 商会 学会 协会 "
    "总会 校友会 联谊会 基金会 自管会 慈善会 服务中心 活动中心 发展中心 孵化中心 托管中心 康复中心 帮扶中心 "
    "指导中心 调解中心 中心 工作室 调解室 工作站 服务站 驿站 养老院 敬老院 福利院 幼儿园 大学 学校 学院 书院 "
    "研究院 研究所 服务社 互助社 合作社 艺术团 合唱团 舞蹈团 剧团 俱乐部 联盟 超市 邻坊 书屋 之家 院 社 团 队 "
    "会 站 室 所"
).split()
FIELDS = (  # fields of activity, the part between 字号 and the organisation form
    "社区社会组织 社会组织 社会工作 社区发展 社区养老 社区服务 社区教育 社区 居家养老 养老 老年人 老年 为老 "
    "敬老 助老 康养 日间照料 托老 助残 残疾人 残疾 儿童 少儿 青少年 妇女 女性 家庭 家政 育幼 托育 托管 "
    "邻里互助 互助 邻里 邻里守望 便民 生活 居民 业主 公益慈善 公益 慈善 扶贫 帮困 扶危助困 救助 助学 关爱 "
    "志愿服务 志愿者 志愿 应急救援 应急 救援 平安 治安 巡逻 调解 矛盾调解 普法 法律 文化体育 文体 文化 体育 "
    "艺术 文艺 歌舞 舞蹈 音乐 合唱 书画 书法 摄影 戏曲 曲艺 棋牌 象棋 围棋 球类 乒乓球 羽毛球 篮球 足球 健身 "
    "太极拳 秧歌 读书 阅读 教育 培训 科普 科技 科学技术 健康 卫生 康复 心理 医疗 护理 环保 环境 绿色 垃圾分类 "
    "物业 商业 行业 企业 创业 就业 农业 农村 农民 农技 种植 养殖 乡村振兴 乡贤 乡风文明 红白 民俗 非遗 党建 "
    "统战 服务 发展 促进 管理 治理 自治 协商 议事 综合"
).split()
RESERVED = {  # names of bodies that an organisation must not be taken for
    "政党": ("共产党", "党委", "党组"),
    "国家机关": ("人民政府", "政府", "街道办", "人民代表大会", "政协", "纪委", "监察委", "法院", "检察院"),
    "军队、警务机关": ("解放军", "军区", "武警", "部队", "公安", "警察", "派出所"),
    "群众性自治组织": ("居民委员会", "居委会", "村民委员会", "村委会", "业主委员会", "业委会"),
}
PROVINCES = (
    "北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 浙江省 安徽省 福建省 "
    "江西省 山东省 河南省 湖北省 湖南省 广东省 广西壮族自治区 海南省 重庆市 四川省 贵州省 云南省 西藏自治区 "
    "陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区"
).split()
