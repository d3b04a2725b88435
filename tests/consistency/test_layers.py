"""String foreign keys and `{% url %}` names follow the import order, which a linter cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from .rooms import ROOT, levels, may_know, templates

URL_TAG = re.compile(r"""{%-?\s*url\s+["']([^"']+)["']""")


def test_the_order_names_every_room() -> None:
    rooms = {file.parent.name for file in ROOT.glob("*/apps.py")}
    assert rooms <= set(levels())


def relations() -> Iterator[tuple[str, str, str]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in levels():
            continue
        for field in model._meta.get_fields():
            # Only what the model itself declares: the reverse side is not its doing.
            if field.is_relation and not field.auto_created and field.related_model:
                target = field.related_model._meta.app_label
                yield f"{model._meta.label}.{field.name}", model._meta.app_label, target


def test_foreign_keys_point_downwards() -> None:
    wrong = [f"{name} → {low}" for name, up, low in relations() if not may_know(up, low)]
    assert not wrong, "\n".join(wrong)


def url_owners() -> dict[str, str]:
    """Full name of every URL → the package whose view answers it."""
    owners: dict[str, str] = {}

    def walk(resolver: URLResolver, prefix: str) -> None:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                namespace = f"{pattern.namespace}:" if pattern.namespace else ""
                walk(pattern, prefix + namespace)
            elif isinstance(pattern, URLPattern) and pattern.name:
                view = getattr(pattern.callback, "view_class", pattern.callback)
                owners[prefix + pattern.name] = view.__module__.split(".")[0]

    walk(get_resolver(), "")
    return owners


@pytest.mark.parametrize("room", sorted(levels()))
def test_url_names_in_templates_point_downwards(room: str) -> None:
    owners = url_owners()
    wrong = []
    for owner, file in templates():
        for name in URL_TAG.findall(file.read_text()) if owner == room else ():
            where = f"{file.relative_to(ROOT)}: {name}"
            if name not in owners:
                wrong.append(f"{where} is no URL")
            elif not may_know(room, owners[name]):
                wrong.append(f"{where} belongs to {owners[name]}")
    assert not wrong, "\n".join(wrong)
