"""Why a filing ends, who may say so, and which papers each ground asks for (本系统暂定: the documents are silent)."""

from registry.casework.kinds import Paper

VOLUNTARY, IDLE, DISSOLVED, VIOLATION = "voluntary", "idle", "dissolved", "violation"
GROUNDS = {
    VOLUNTARY: "自愿解散",
    IDLE: "长期没有活动",
    DISSOLVED: "所在社区（村）撤并",
    VIOLATION: "违反规定，由街道（乡镇）终止",
}
OF_THE_STREET = (DISSOLVED, VIOLATION)  # grounds only the street or the committee can state

MINUTES = Paper("minutes", "同意注销的会议记录（决议）", hint="手写的也可以，拍一张照片")
IDLE_PROOF = Paper("idle", "没有活动的情况说明", required=False)
MERGER = Paper("merger", "社区（村）撤并的文件")
INQUIRY = Paper("inquiry", "调查和处理材料")
CERTIFICATE = Paper("certificate", "交回的备案证明", required=False, hint="收到以后拍一张照片")
ASKED = {VOLUNTARY: MINUTES, IDLE: IDLE_PROOF, DISSOLVED: MERGER, VIOLATION: INQUIRY}
