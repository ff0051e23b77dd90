"""Why a registration ends, which papers it asks for, and the clauses on liquidation by legal form."""

from registry.casework.kinds import Paper

GROUNDS = {
    "purpose": "完成章程规定的宗旨",
    "dissolved": "自行解散",
    "merged": "分立、合并",
    "other": "其他原因终止",
}
LIQUIDATION = {
    "association": "《社会团体登记管理条例》 第二十条",
    "social_service_org": "《民办非企业单位登记管理暂行条例》 第十六条",
    "foundation": "《基金会管理条例》 第十八条",
}
CHARITY = "《慈善法》 第十八条"

CONSENT = Paper("consent", "业务主管单位同意注销的文件", hint="双重管理的组织需要")
CHARITY_PROPERTY = Paper("charity", "剩余财产转给宗旨相近慈善组织的协议")
PAPERS = (
    Paper("minutes", "同意注销的决议"),
    Paper("liquidation", "清算报告", hint="由清算组成员签名"),
    Paper("notice", "债权债务公告", hint="报纸版面或网页的照片"),
    Paper("tax", "税务注销证明", hint="没有办过税务登记的，交税务机关的证明"),
    Paper("account", "银行账户注销证明"),
    Paper("seals", "交回的登记证书正本、副本和印章", hint="交回时拍一张照片"),
)
