"""The «Envois» menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from notifications.admin import deliveries
from notifications.admin.deliveries import DeliveryViewSet
from notifications.admin.runs import RunViewSet


class MailGroup(ViewSetGroup):
    menu_label = _("Envois")
    menu_icon = "mail"
    menu_order = 320
    items = (
        RunViewSet("envois", url_prefix="envois/suivi", menu_label=_("Suivi des envois")),
        DeliveryViewSet(deliveries.NAME, url_prefix="envois/courriels"),
    )
