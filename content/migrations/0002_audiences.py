"""The five audiences that the minister named at the launch of the campaign."""

from django.db import migrations

AUDIENCES = [
    (
        "direction",
        "Équipes de direction",
        "Décider, préparer la crise, donner l’exemple.",
        "buildings/city-hall",
    ),
    (
        "numerique",
        "Experts du numérique",
        "Protéger le système d’information et entraîner les équipes.",
        "digital/coding",
    ),
    (
        "soignants",
        "Professionnels de santé",
        "Soigner sans ouvrir la porte : mots de passe, carte, messagerie.",
        "health/doctor",
    ),
    (
        "support",
        "Fonctions support",
        "Achats, paie, logistique : reconnaître les fausses demandes.",
        "document/binders",
    ),
    (
        "usagers",
        "Usagers",
        "Patients et proches : protéger ses propres données de santé.",
        "environment/human-cooperation",
    ),
]


def bring(apps, schema_editor):
    audience = apps.get_model("content", "Audience")
    for position, (code, name, pitch, pictogram) in enumerate(AUDIENCES):
        audience.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "pitch": pitch,
                "pictogram": pictogram,
                "position": position,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
