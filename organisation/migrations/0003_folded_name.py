"""Names are found whatever their accents and letters."""

from django.db import migrations, models

from documents.folding import fold

BATCH = 500


def fill(apps, schema_editor):
    establishment = apps.get_model("organisation", "Establishment")
    rows = list(establishment.objects.only("pk", "name"))
    for row in rows:
        row.folded_name = fold(row.name)
    establishment.objects.bulk_update(rows, ["folded_name"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_reference_data")]

    operations = [
        migrations.AddField(
            model_name="establishment",
            name="folded_name",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
