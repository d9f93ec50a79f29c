from django.db import migrations


def fill(apps, schema_editor):
    """Only joint chairs could sign before a signature kept its role."""
    changes = apps.get_model("plans", "StageChange").objects.filter(act="signed_off", role="")
    changes.update(role="joint_chair")


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0004_evidence_and_signatures_under_actions"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
