"""Views that write through services, for every room's screens in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from wagtail.admin.views import generic
from wagtail.log_actions import log


class ServiceMixin:
    """What `write` refuses is said in the form; what it does is in Wagtail's history too."""

    log_as: str

    def write(self, data: dict[str, Any], actor: Any) -> models.Model:
        """Call the service with the form's cleaned data; return the row."""
        raise NotImplementedError

    def save_instance(self) -> models.Model:
        instance = self.write(self.form.cleaned_data, self.request.user)  # type: ignore[attr-defined]
        log(instance=instance, action=self.log_as, user=self.request.user)  # type: ignore[attr-defined]
        return instance

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class ServiceCreateView(ServiceMixin, generic.CreateView):
    log_as = "wagtail.create"


class ServiceEditView(ServiceMixin, generic.EditView):
    log_as = "wagtail.edit"

    def stored(self) -> Any:
        """The row as it is in the database: the form has written on its own instance."""
        return self.model._default_manager.get(pk=self.object.pk)
