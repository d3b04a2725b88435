"""What publishing a module brings along, and what follows when two rows are one person."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from courses.merging import learning_goes_over
from courses.models import LessonPage, ModulePage
from organisation.signals import people_merged


def connect() -> None:
    people_merged.connect(learning_goes_over, dispatch_uid="courses.people_merged")
    page_published.connect(module_published, sender=ModulePage)


def module_published(instance: ModulePage, **kwargs: Any) -> None:
    """Publish the lessons together with their module, and keep the training's title current."""
    trainable = instance.trainable
    if trainable.title != instance.title:
        trainable.title = instance.title
        trainable.save(update_fields=["title"])
    for lesson in LessonPage.objects.child_of(instance):
        if lesson.has_unpublished_changes or not lesson.live:
            (lesson.latest_revision or lesson.save_revision()).publish()
