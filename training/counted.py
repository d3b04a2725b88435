"""Forms that say whom they would concern before they save; the second submission saves.

It works without script: the first answer is the same form again with the count and a digest of what
was counted. Whoever then changes the form is shown the new count first.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from training.concerned import Concerned

COUNTED_AS = "counted_as"
EDIT = "edit"  # a button that leads back to the form
_NOT_COUNTED = {COUNTED_AS, EDIT, "csrfmiddlewaretoken"}


def counted_digest(request: HttpRequest) -> str:
    """A digest of what was posted; that of the count before it must be the same."""
    posted = {k: v for k, v in sorted(request.POST.lists()) if k not in _NOT_COUNTED}
    return hashlib.sha256(json.dumps(posted).encode()).hexdigest()


def posted_again(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a page that confirms what was posted, with their digest."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_COUNTED
        for value in values
    ]
    return [*fields, (COUNTED_AS, counted_digest(request))]


def is_counted(request: HttpRequest) -> bool:
    """Whether exactly this was counted and shown before."""
    return request.POST.get(COUNTED_AS) == counted_digest(request)


class CountedMixin:
    """For a Wagtail view that writes through a service."""

    template_name = "training/admin/counted_form.html"
    submit_button_label = _("Voir qui est concerné")

    def concerned(self, data: dict[str, Any]) -> Concerned:
        """Whom the form's cleaned data would concern."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        if is_counted(self.request):  # type: ignore[attr-defined]
            return super().form_valid(form)  # type: ignore[misc]
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]
        counted = {
            "concerned": self.concerned(form.cleaned_data),
            COUNTED_AS: counted_digest(self.request),  # type: ignore[attr-defined]
            "submit_button_label": _("Confirmer et enregistrer"),
            "has_unsaved_changes": True,
        }
        return self.render_to_response({**context, **counted})  # type: ignore[attr-defined]
