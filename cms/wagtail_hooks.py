"""What the audit log learns of the admin: settings of the site, accounts and their groups."""

from __future__ import annotations

from typing import Any

from django.forms import model_to_dict
from django.http import HttpRequest
from wagtail import hooks

from users.models import User
from users.services import audit_record

_BEFORE = "_audit_before"


def _values(instance: Any) -> dict[str, str]:
    """What is compared, as text; relations to many by their keys."""
    return {
        name: str(sorted(str(getattr(one, "pk", one)) for one in value))
        if isinstance(value, list)
        else str(value)
        for name, value in model_to_dict(instance).items()
    }


@hooks.register("before_edit_setting")
@hooks.register("before_edit_user")
def remember(request: HttpRequest, instance: Any) -> None:
    setattr(request, _BEFORE, _values(instance))


def _changed(request: HttpRequest, instance: Any) -> list[str]:
    """The names of the fields that differ now; never their values, which may be secret."""
    before = getattr(request, _BEFORE, {})
    stored = type(instance)._default_manager.get(pk=instance.pk)
    return sorted(name for name, text in _values(stored).items() if before.get(name) != text)


@hooks.register("after_edit_setting")
def setting_edited(request: HttpRequest, instance: Any) -> None:
    changed = _changed(request, instance)
    if changed:
        audit_record(
            actor=_actor(request),
            action="settings.update",
            target=f"{instance._meta.label_lower}:{instance.pk}",
            details={"changed": changed},
        )


@hooks.register("after_create_user")
def account_created(request: HttpRequest, user: User) -> None:
    _account(request, user, "account.create", groups=_groups(user))


@hooks.register("after_edit_user")
def account_edited(request: HttpRequest, user: User) -> None:
    changed = _changed(request, user)
    if changed:
        _account(request, user, "account.update", changed=changed, groups=_groups(user))


@hooks.register("before_delete_user")
def remember_key(request: HttpRequest, user: User) -> None:
    setattr(request, _BEFORE, user.pk)


@hooks.register("after_delete_user")
def account_deleted(request: HttpRequest, user: User) -> None:
    user.pk = getattr(request, _BEFORE)
    _account(request, user, "account.delete")


def _account(request: HttpRequest, user: User, action: str, **details: object) -> None:
    audit_record(
        actor=_actor(request),
        action=action,
        target=f"user:{user.pk}",
        details={"is_superuser": user.is_superuser, "is_active": user.is_active, **details},
    )


def _groups(user: User) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "the admin asks for a sign-in"
    return request.user
