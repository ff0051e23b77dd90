"""What cases, papers and notices held before moves to where it is kept now; nothing is lost."""

from django.db import migrations
from django.db.models import F

STEP, LATE = "step", "late"


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


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_casework")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
