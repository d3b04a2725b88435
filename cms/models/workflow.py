"""The editorial workflow."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import GroupApprovalTask

from content.checks import blocking_gaps, page_gaps


class EditorialApprovalTask(GroupApprovalTask):
    """Approval by a group, which can only be given to what may be published.

    Approving publishes without asking the check before publishing, so what that would refuse can
    only be sent back. Where the page names its reviewer, nobody else approves it.
    """

    class Meta:
        verbose_name = gettext_lazy("relecture éditoriale")
        verbose_name_plural = gettext_lazy("relectures éditoriales")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        if actions and (_is_for_another(obj, user) or blocking_gaps(page_gaps(obj))):
            return [action for action in actions if action[0] != "approve"]
        return actions

    @classmethod
    def get_description(cls) -> str:
        return _("Les membres des groupes choisis approuvent ce qui est prêt à être publié.")


def _is_for_another(page: Any, user: Any) -> bool:
    """Whether the page is given to a reviewer who is not `user`. An administrator stands in."""
    reviewer = getattr(page, "reviewer_id", None)
    return reviewer not in (None, user.pk) and not user.is_superuser
