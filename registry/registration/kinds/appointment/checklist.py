"""The papers of a public notice before appointment."""

from registry.casework.kinds import Paper

PAPERS = (
    Paper("election", "选举或推荐的会议纪要", hint="会员（代表）大会、理事会或筹备会的决议"),
    Paper("cadre_approval", "干部管理部门的批准文件", required=False, hint="拟任人是在职干部的要有"),
)
