"""Names and kinds for invented organisations."""

import random
from dataclasses import dataclass

GIVEN = (
    "阳光 暖阳 金秋 和谐 夕阳红 同心 幸福 春晖 邻里 百合 晨曦 康乐 七彩 常青 连心 向日葵 福满 祥和 星火 乐善".split()
)
KINDS = (
    (
        "culture_sports",
        "舞蹈队 合唱团 太极拳队 书画社 棋友会 秧歌队 京剧票友社 健步走队",
        "组织居民开展文体活动，节日演出",
    ),
    ("mutual_aid", "邻里互助队 互助社 妈妈互助会 楼院互助组", "邻里之间互相照应，代购代办，调解小纠纷"),
    ("elderly_care", "助老服务队 银龄陪伴队 居家养老服务站 老年协会", "看望独居老人，送餐助浴，陪同就医"),
    ("public_charity", "爱心志愿队 公益服务队 爱心超市 扶贫帮困社", "组织志愿服务，帮助困难家庭"),
    ("community_service", "便民服务队 家政互助社 青少年托管中心 环保志愿队", "便民维修，课后托管，环境整治"),
)
RURAL = ("agri_rural", "农技服务队 种植互助社 红白理事会 乡风文明理事会", "传授农业技术，倡导移风易俗")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
FIRST = "秀英 桂兰 建国 建华 志强 玉兰 淑珍 国强 丽华 春梅 海燕 卫东 红梅 永强 晓红 文杰".split()


@dataclass(frozen=True)
class Made:
    """An invented organisation before it is written."""

    name: str
    category: str
    activities: str
    leader: str


def invent(dice: random.Random, place: str, *, rural: bool) -> Made:
    """A name that fits the place, its category, what it does, and who leads it."""
    category, words, does = dice.choice([*KINDS, RURAL] if rural else KINDS)
    name = f"{place}{dice.choice(GIVEN)}{dice.choice(words.split())}"
    return Made(name, category, does, dice.choice(SURNAMES) + dice.choice(FIRST))
