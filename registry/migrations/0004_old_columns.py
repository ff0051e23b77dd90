"""The old columns go once what they held is elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_carry_over")]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="one_open_case_per_organisation_and_road",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="one_notice_per_step",
        ),
        migrations.RemoveField(
            model_name="material",
            name="content_type",
        ),
        migrations.RemoveField(
            model_name="material",
            name="file",
        ),
        migrations.RemoveField(
            model_name="material",
            name="sha256",
        ),
        migrations.RemoveField(
            model_name="material",
            name="size",
        ),
        migrations.RemoveField(
            model_name="notice",
            name="late",
        ),
        migrations.RemoveField(
            model_name="notice",
            name="step",
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("approved", "rejected", "withdrawn")), _negated=True),
                fields=("organisation", "kind"),
                name="one_open_case_per_organisation_and_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="one_notice_of_a_key"),
        ),
    ]
