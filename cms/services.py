"""Who edits the site: its groups and their workflow."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.models import EditorialApprovalTask, HomePage
from meetings.models import MeetingsIndexPage

WRITERS = "Rédaction nationale"
REVIEWERS = "Relecture"
REGIONAL_WRITERS = "Rédaction régionale"
WORKFLOW = "Relecture éditoriale"

WRITER_PAGE_PERMISSIONS = ("add_page", "change_page")
REVIEWER_PAGE_PERMISSIONS = (
    *WRITER_PAGE_PERMISSIONS,
    "publish_page",
    "bulk_delete_page",
    "lock_page",
    "unlock_page",
)
# What editors choose, add and correct; nobody deletes what pages may still show. Wagtail keeps the
# rights on pictures and media with its own models, whatever models the site uses.
COLLECTION_PERMISSIONS = {
    "wagtailimages.image": ("add", "change", "choose"),
    "wagtailmedia.media": ("add", "change"),
    "wagtaildocs.document": ("add", "change", "choose"),
}
# Regional editors add to what is there and change what is their own.
REGIONAL_COLLECTION_PERMISSIONS = {
    "wagtailimages.image": ("add", "choose"),
    "wagtailmedia.media": ("add",),
    "wagtaildocs.document": ("add", "choose"),
}
SNIPPET_APPS = ("quizzes", "campaign_assets")


@transaction.atomic
def editorial_groups_ensure(*, home: HomePage) -> tuple[Group, Group]:
    """The writers, who submit, and the reviewers, who approve and publish, with the workflow
    between them on every page below `home`. Returns (writers, reviewers); may be called again."""
    writers, _ = Group.objects.get_or_create(name=WRITERS)
    reviewers, _ = Group.objects.get_or_create(name=REVIEWERS)
    for group, codes in (
        (writers, WRITER_PAGE_PERMISSIONS),
        (reviewers, REVIEWER_PAGE_PERMISSIONS),
    ):
        group.permissions.add(*_admin_permissions())
        _page_permissions_ensure(group, home, codes)
        _collection_permissions_ensure(group, COLLECTION_PERMISSIONS)
    _workflow_ensure(home, reviewers)
    return writers, reviewers


@transaction.atomic
def regional_writers_ensure(*, calendar: MeetingsIndexPage) -> Group:
    """Those who write the meetings of their regions, and submit them to the same reviewers.

    Which regions those are follows from what they organise, for the permissions stand on the
    calendar itself (`meetings.editing.access`). May be called again.
    """
    group, _ = Group.objects.get_or_create(name=REGIONAL_WRITERS)
    group.permissions.add(*_door())
    _page_permissions_ensure(group, calendar, WRITER_PAGE_PERMISSIONS)
    _collection_permissions_ensure(group, REGIONAL_COLLECTION_PERMISSIONS)
    return group


def _door() -> list[Permission]:
    """The door of the admin."""
    return list(
        Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    )


def _admin_permissions() -> list[Permission]:
    """The door of the admin, and the snippets that editors write."""
    snippets = Permission.objects.filter(content_type__app_label__in=SNIPPET_APPS).exclude(
        codename__startswith="delete_"
    )
    return [*_door(), *snippets]


def _page_permissions_ensure(group: Group, page: Page, codes: tuple[str, ...]) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codes
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _collection_permissions_ensure(group: Group, wanted_verbs: dict[str, tuple[str, ...]]) -> None:
    root = Collection.get_first_root_node()
    for label, verbs in wanted_verbs.items():
        app_label, model = label.split(".")
        wanted = Permission.objects.filter(
            content_type__app_label=app_label, codename__in=[f"{verb}_{model}" for verb in verbs]
        )
        for permission in wanted:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )


def _workflow_ensure(home: HomePage, reviewers: Group) -> None:
    task, _ = EditorialApprovalTask.objects.get_or_create(name=REVIEWERS)
    task.groups.add(reviewers)
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
