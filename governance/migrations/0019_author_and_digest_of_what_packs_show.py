import datetime as dt
import hashlib
import json

from django.db import migrations, models


def name_at(people, person_id, moment):
    """How a person was called at a moment, as the history of people has it.

    Where the history began only after that moment, its first entry answers: that is a later name,
    which may be another than the one of the time.
    """
    then = people.filter(id=person_id, history_date__lte=moment).order_by("history_id").last()
    return (then or people.filter(id=person_id).order_by("history_id").first()).name


def digest_of(run):
    """As it was computed when this was written: what was released then must fit for good."""
    told = []
    if run.foreword:
        by = "" if run.edition == "families" else run.foreword_by_name
        told = [run.foreword, by, run.foreword_at.astimezone(dt.UTC).isoformat()]
    shown = {
        "content": run.pack.sha256,
        "foreword": told,
        "order": run.order,
        "left_out": run.left_out,
    }
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def fill(apps, schema_editor):
    """Forewords get the name of their author, released and issued packs the digest of what they show.

    Packs that were taken over keep none: nobody released them.
    """
    users = apps.get_model("accounts", "User")
    people = apps.get_model("accounts", "HistoricalUser").objects
    runs = apps.get_model("governance", "PackRun").objects.select_related("pack")
    handed_on = models.Q(state__in=("released", "issued"), is_taken_over=False)
    concerned = runs.defer("pack__content").filter(models.Q(foreword__gt="") | handed_on)
    for run in concerned.order_by("pk").iterator():
        filled = []
        if run.foreword:
            filled.append("foreword_by_name")
            known = people.filter(id=run.foreword_by_id).exists()
            run.foreword_by_name = (
                name_at(people, run.foreword_by_id, run.foreword_at)
                if known
                else users.objects.get(pk=run.foreword_by_id).name
            )
        if run.state in ("released", "issued") and not run.is_taken_over:
            filled.append("shown_sha256")
            run.shown_sha256 = digest_of(run)
        run.save(update_fields=filled)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_deputies_of_leads"),
        ("governance", "0018_runs_of_earlier_packs"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalpackrun",
            name="foreword_by_name",
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name="historicalpackrun",
            name="shown_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="packrun",
            name="foreword_by_name",
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name="packrun",
            name="shown_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
