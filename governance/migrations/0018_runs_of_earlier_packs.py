from django.db import migrations


def take_over(apps, schema_editor):
    """A pack could be read from the moment it was assembled, so its run is issued since then."""
    runs = apps.get_model("governance", "PackRun")
    history = apps.get_model("governance", "HistoricalPackRun")
    packs = apps.get_model("governance", "BoardPack").objects.filter(run=None).defer("content")
    for pack in packs.order_by("pk"):
        values = {
            "partnership_id": pack.partnership_id,
            "period_id": pack.period_id,
            "edition": pack.edition,
            "revision": pack.revision,
            "state": "issued",
            "pack_id": pack.pk,
            "planned_by_id": pack.assembled_by_id,
            "planned_at": pack.assembled_at,
            "rendered_at": pack.assembled_at,
            "issued_at": pack.assembled_at,
            "is_taken_over": True,
        }
        run = runs.objects.create(**values)
        history.objects.create(
            id=run.pk,
            history_type="+",
            history_date=pack.assembled_at,
            history_user_id=pack.assembled_by_id,
            history_change_reason="Taken over: issued when it was assembled",
            **values,
        )


def forget(apps, schema_editor):
    """The packs themselves stay; only what was taken over is let go."""
    runs = apps.get_model("governance", "PackRun").objects.filter(is_taken_over=True)
    history = apps.get_model("governance", "HistoricalPackRun")
    history.objects.filter(id__in=list(runs.values_list("pk", flat=True))).delete()
    runs.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0017_pack_runs"),
    ]

    operations = [
        migrations.RunPython(take_over, forget),
    ]
