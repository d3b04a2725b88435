"""The lists that every installation has.

What `organisation.reference` gains later needs a migration of its own to reach old sites.
"""

from django.db import migrations

from organisation.reference import REGIONS, ROLE_FAMILIES, STAFF_ROLES


def add(apps, schema_editor):
    """Add what is missing; a name edited on the site stays."""
    region, family, role = _models(apps)
    region.objects.bulk_create(
        [region(code=code, name=name) for code, name in REGIONS.items()], ignore_conflicts=True
    )
    family.objects.bulk_create(
        [family(code=f.code, name=f.name, position=n) for n, f in enumerate(ROLE_FAMILIES, 1)],
        ignore_conflicts=True,
    )
    families = dict(family.objects.values_list("code", "pk"))
    role.objects.bulk_create(
        [
            role(code=r.code, name=r.name, family_id=families[r.family], position=n)
            for n, r in enumerate(STAFF_ROLES, 1)
        ],
        ignore_conflicts=True,
    )


def remove(apps, schema_editor):
    """Take the lists back. What is in use stays: the foreign keys protect it."""
    region, family, role = _models(apps)
    role.objects.filter(
        code__in=[r.code for r in STAFF_ROLES], appointments=None, headcounts=None
    ).delete()
    family.objects.filter(code__in=[f.code for f in ROLE_FAMILIES], roles=None).delete()
    region.objects.filter(code__in=REGIONS, establishments=None, grants=None).delete()


def _models(apps):
    return (
        apps.get_model("organisation", "Region"),
        apps.get_model("organisation", "RoleFamily"),
        apps.get_model("organisation", "StaffRole"),
    )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
