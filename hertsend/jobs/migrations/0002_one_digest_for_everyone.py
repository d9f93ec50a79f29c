"""The daily reminder to leads has become the digest of all that waits for a person."""

from django.db import migrations

BEFORE, AFTER = "plans.lead_digest", "matters.digest"


def rename(apps, schema_editor):
    apps.get_model("jobs", "Message").objects.filter(kind=BEFORE).update(kind=AFTER)


def name_as_before(apps, schema_editor):
    apps.get_model("jobs", "Message").objects.filter(kind=AFTER).update(kind=BEFORE)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_job_and_message")]

    operations = [migrations.RunPython(rename, name_as_before)]
