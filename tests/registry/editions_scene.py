"""A small edition of the division files, in the shape and with the pseudo levels of the real ones."""

import io

from django.core.management import call_command

from registry.models import Jurisdiction
from registry.places import source

PROVINCES = 'code,name\n12,"天津市"\n35,"福建省"\n44,"广东省"\n'
CITIES = 'code,name,provinceCode\n1201,"市辖区",12\n3505,"泉州市",35\n4419,"东莞市",44\n'
AREAS = 'code,name,cityCode,provinceCode\n120103,"河西区",1201,12\n350527,"金门县",3505,35\n441900,"东莞市",4419,44\n'
STREETS = (
    "code,name,areaCode,provinceCode,cityCode\n"
    '120103001,"大营门街道",120103,12,1201\n'
    '120103002,"下瓦房街道",120103,12,1201\n'
    '350527000,"金门县",350527,35,3505\n'
    '441900003,"东城街道",441900,44,4419\n'
)
VILLAGES = (
    "code,name,streetCode,provinceCode,cityCode,areaCode\n"
    '120103001001,"九江路社区居委会",120103001,12,1201,120103\n'
    '120103001004,"荣华里社区居委会",120103001,12,1201,120103\n'
    '350527000000,"金门县",350527000,35,3505,350527\n'
    '441900003001,"岗贝社区居委会",441900003,44,4419,441900\n'
    '441900003200,"某某村委会",441900003,44,4419,441900\n'
)
FILES = dict(zip((sheet.file for sheet in source.SHEETS), (PROVINCES, CITIES, AREAS, STREETS, VILLAGES), strict=True))
PLACES = 3 + 3 + 2 + 3 + 4


def load(directory, *options):
    out = io.StringIO()
    call_command("loadplaces", str(directory), *options, stdout=out)
    return out.getvalue()


def change(directory, file, before, after):
    path = directory / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def everything():
    return list(Jurisdiction.objects.order_by("code").values_list())
