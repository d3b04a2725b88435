"""Setting up the face of a site: its first pages, and who edits them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms import defaults
from cms.models import HomePage, IncidentPage, SiteSettings, StandardPage

WRITERS = "Rédaction nationale"
REVIEWERS = "Relecture"
WORKFLOW = "Relecture éditoriale"

WRITER_PAGE_PERMISSIONS = ("add_page", "change_page")
REVIEWER_PAGE_PERMISSIONS = (
    *WRITER_PAGE_PERMISSIONS,
    "publish_page",
    "bulk_delete_page",
    "lock_page",
    "unlock_page",
)
# What editors choose, add and correct; nobody deletes what pages may still show.
COLLECTION_PERMISSIONS = {
    "content.siteimage": ("add", "change", "choose"),
    "content.video": ("add", "change"),
    "wagtaildocs.document": ("add", "change", "choose"),
}
SNIPPET_APPS = ("quizzes",)


@transaction.atomic
def front_ensure() -> HomePage:
    """The home page as the site's root, the incident page, the campaign and legal pages, linked
    in the footer. What exists is left as it is, so a second call changes nothing."""
    home = _home_ensure()
    _child_ensure(home, IncidentPage, defaults.INCIDENT)
    _child_ensure(home, StandardPage, defaults.ABOUT)
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    for field, texts in defaults.LEGAL.items():
        page = _child_ensure(home, StandardPage, texts)
        if getattr(settings, f"{field}_id") is None:
            setattr(settings, f"{field}_id", page.pk)
    settings.save()
    return home


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
        _collection_permissions_ensure(group)
    _workflow_ensure(home, reviewers)
    return writers, reviewers


def _home_ensure() -> HomePage:
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(**defaults.HOME))
    home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        return home
    welcome = site.root_page
    site.root_page = home
    site.save()
    if welcome.specific_class is Page and welcome.depth > 1:  # the page that Wagtail ships
        welcome.delete()
    return HomePage.objects.get(pk=home.pk)


def _child_ensure(home: HomePage, model: type[Page], texts: dict[str, Any]) -> Page:
    found: Page | None = home.get_children().filter(slug=texts["slug"]).first()
    if found is not None:
        return found
    parent = Page.objects.get(pk=home.pk)
    page: Page = parent.add_child(instance=model(**texts))
    page.save_revision().publish()
    return page


def _admin_permissions() -> list[Permission]:
    """The door of the admin, and the snippets that editors write."""
    door = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    snippets = Permission.objects.filter(content_type__app_label__in=SNIPPET_APPS).exclude(
        codename__startswith="delete_"
    )
    return [*door, *snippets]


def _page_permissions_ensure(group: Group, home: HomePage, codes: tuple[str, ...]) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codes
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)


def _collection_permissions_ensure(group: Group) -> None:
    root = Collection.get_first_root_node()
    for label, verbs in COLLECTION_PERMISSIONS.items():
        app_label, model = label.split(".")
        wanted = Permission.objects.filter(
            content_type__app_label=app_label, codename__in=[f"{verb}_{model}" for verb in verbs]
        )
        for permission in wanted:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )


def _workflow_ensure(home: HomePage, reviewers: Group) -> None:
    task, _ = GroupApprovalTask.objects.get_or_create(name=REVIEWERS)
    task.groups.add(reviewers)
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
