"""The list of organisations a client may see, in code order."""

from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.cursors import page, paged
from portal.api.doors import Door, operation
from registry.api.register import listing
from registry.api.register.reading import KEY, shape
from registry.api.register.shapes import OrganisationQuery, OrganisationTold

ABILITY = "register.read"
KINDS = (str, int)


class Organisations(Door):
    """The organisations of the places of a token."""

    @operation(
        "organisations.list",
        "组织名单",
        ability=ABILITY,
        description=(
            "权限范围内的社会组织，按区划代码和编号排列。`place` 不在权限范围内时返回空列表。\n\n"
            "增量读取：用 `updated_since`（含该时刻）读取之后变动过的组织，组织本身、负责人、证书、枢纽身份、状态和"
            "所在地的变动都算。写入有先后，后提交的可能时间在前，所以下一次要从本次开始读取的时刻再往前十分钟读起，"
            "重复的按 `id` 覆盖。注销的组织仍在名单里，`standing` 为 `ended`。"
        ),
        query=OrganisationQuery,
        answers={200: paged(OrganisationTold, "Organisations")},
    )
    def get(self, request: Request) -> Response:
        found = listing.source(self.caller.user, self.caller.places(ABILITY), self.asked)
        return self.told(page(request, found, KEY, KINDS, self.asked, shape))
