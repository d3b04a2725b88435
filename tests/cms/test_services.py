"""The editors' groups and their workflow."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import GroupPagePermission, Workflow
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.models import HomePage
from cms.services import WORKFLOW, editorial_groups_ensure


@pytest.fixture
def groups(home: HomePage) -> tuple[Any, Any]:
    return editorial_groups_ensure(home=home)


def may(user: Any, page: Any, act: str) -> bool:
    return PagePermissionPolicy().user_has_permission_for_instance(user, act, page)


def test_writers_write_and_reviewers_publish(
    home: HomePage, groups: tuple[Any, Any], django_user_model: Any
) -> None:
    writers, reviewers = groups
    writer = django_user_model.objects.create_user("plume@test.fr")
    writer.groups.add(writers)
    reviewer = django_user_model.objects.create_user("relecture@test.fr")
    reviewer.groups.add(writers, reviewers)
    page = home.get_children().first()
    assert may(writer, page, "change")
    assert not may(writer, page, "publish")
    assert may(reviewer, page, "publish")
    assert writer.has_perm("wagtailadmin.access_admin")
    assert writer.has_perm("quizzes.add_quiz")
    assert not writer.has_perm("quizzes.delete_quiz")


def test_workflow_reaches_every_page_below_home(home: HomePage, groups: tuple[Any, Any]) -> None:
    page = home.get_children().first()
    assert page is not None
    assert page.get_workflow().name == WORKFLOW


def test_second_call_changes_nothing(home: HomePage, groups: tuple[Any, Any]) -> None:
    before = (GroupPagePermission.objects.count(), Workflow.objects.count())
    editorial_groups_ensure(home=home)
    assert (GroupPagePermission.objects.count(), Workflow.objects.count()) == before


def test_writer_submits_and_reviewer_approves(
    home: HomePage, groups: tuple[Any, Any], django_user_model: Any
) -> None:
    writers, reviewers = groups
    reviewer = django_user_model.objects.create_user("relecture@test.fr")
    reviewer.groups.add(reviewers)
    writer = django_user_model.objects.create_user("plume@test.fr")
    writer.groups.add(writers)
    page = home.get_children().get(slug="la-campagne").specific
    page.title = "La campagne, revue"
    page.save_revision(user=writer)
    state = page.get_workflow().start(page, writer)
    assert page.__class__.objects.get(pk=page.pk).title == "La campagne"
    state.current_task_state.approve(user=reviewer)
    assert page.__class__.objects.get(pk=page.pk).title == "La campagne, revue"
