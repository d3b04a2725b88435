"""The learner's own attestation, and the public check of anybody's."""

from __future__ import annotations

import uuid

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.exports import pdf_response
from organisation.sessions import person_of_request
from training.attestations import selectors, throttle
from training.attestations.codes import code_shown
from training.attestations.document import attestation_pdf_render
from training.attestations.issuing import attestation_issue
from training.attestations.names import file_stem
from training.attestations.selectors import Finding
from training.attestations.verifying import code_check


@never_cache
@require_safe
def attestation_file(request: HttpRequest, statement_id: uuid.UUID) -> HttpResponseBase:
    """The attestation as PDF, with the score; another's does not exist for the reader."""
    person = person_of_request(request)
    if person is None:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    completion = selectors.completion_of(person=person, statement_id=statement_id)
    if completion is None:
        raise Http404
    attestation = attestation_issue(completion=completion, now=timezone.now())
    day = timezone.localdate()
    validity = selectors.validities(attestations=[attestation], day=day)[attestation.pk]
    content = attestation_pdf_render(attestation=attestation, validity=validity, with_score=True)
    name = file_stem(
        last_name=person.last_name, first_name=person.first_name, title=attestation.title
    )
    return pdf_response(content, f"attestation_{name}.pdf")


@never_cache
@require_safe
def attestation_verify(request: HttpRequest) -> HttpResponseBase:
    """What there is to say of a code: to be compared with the paper, and no more than that."""
    typed = request.GET.get("code", "").strip()
    context = {
        "typed": typed[:40],
        "was_asked": bool(typed),
        "is_blocked": throttle.is_blocked(request),
        "breadcrumb": [{"title": _("Vérifier une attestation"), "url": ""}],
    }
    if typed and not context["is_blocked"]:
        check = code_check(typed=typed, day=timezone.localdate())
        if check.finding == Finding.UNKNOWN:
            throttle.miss_count(request)
        else:
            context["typed"] = code_shown(check.code)
        context["check"] = check
    response = render(
        request,
        "training/attestation_verify.html",
        context,
        status=429 if context["is_blocked"] else 200,
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
