"""What cases, papers and notices held before moves to where it is kept now; nothing is lost."""

from django.db import migrations
from django.db.models import F

STEP, LATE = "step", "late"
PHRASES = (  # common to every office: (what it is for, words)
    ("", "内容与证件不一致"),
    ("", "内容不完整，写清楚后再提交"),
    ("name", "名称不规范，按规定的顺序填写"),
    ("address", "地址不完整，写到门牌号"),
    ("individual_members", "成员名单人数与填写的不一致"),
    ("activities", "活动内容太笼统，写明做什么、服务谁"),
    ("materials", "缺少签名或盖章"),
    ("materials", "照片不清楚，重新拍摄"),
    ("materials", "材料已过有效期"),
    ("materials.charter", "章程缺少必备内容"),
    ("materials.members", "成员名单人数与填写的不一致"),
)


def forwards(apps, schema_editor):
    Case, Material = apps.get_model("registry", "Case"), apps.get_model("registry", "Material")
    StoredFile, Notice = apps.get_model("registry", "StoredFile"), apps.get_model("registry", "Notice")
    Case.objects.update(kind=F("road"))
    Case.objects.filter(road="registration").update(matter="登记")
    for paper in Material.objects.exclude(file="").iterator():
        values = {"file": paper.file.name, "content_type": paper.content_type, "size": paper.size}
        paper.stored, _ = StoredFile.objects.get_or_create(sha256=paper.sha256, defaults=values)
        paper.save(update_fields=["stored"])
    for notice in Notice.objects.select_related("step").iterator():
        notice.kind = LATE if notice.late else STEP
        notice.key, notice.case_id = f"{notice.kind}:{notice.step_id}", notice.step.case_id
        notice.save(update_fields=["kind", "key", "case"])


def phrases(apps, schema_editor):
    Phrase = apps.get_model("registry", "Phrase")
    Phrase.objects.bulk_create([Phrase(place_code="", applies=applies, text=text) for applies, text in PHRASES])


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_casework")]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
        migrations.RunPython(phrases, migrations.RunPython.noop),
    ]
