"""The «Traces xAPI» menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from lrs.admin import credentials, statements
from lrs.admin.credentials import CredentialViewSet
from lrs.admin.forwarding import ForwardViewSet
from lrs.admin.statements import StatementViewSet


class RecordGroup(ViewSetGroup):
    menu_label = _("Traces xAPI")
    menu_icon = "history"
    menu_order = 310
    items = (
        StatementViewSet(statements.NAME, url_prefix="xapi/traces"),
        CredentialViewSet(credentials.NAME, url_prefix="xapi/acces"),
        ForwardViewSet("transmission", url_prefix="xapi/transmission"),
    )
