"""Coming by a poster, and having a visit counted in one's own name."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign_assets.models.workshop import BY_POSTER
from courses.models import LearningSession, ModulePage
from courses.permissions import may_claim
from courses.services import SessionNotFree, session_claim
from courses.views.learner import learner_known, learner_of, visit_forget
from courses.views.posted import forgery_note
from organisation.sessions import is_signed_in


@require_safe
def module_scan(request: HttpRequest, trainable_uid: uuid.UUID) -> HttpResponse:
    """Where a poster's code leads: to the module's page, which then starts without sign-in.

    It keeps nothing, so a machine that follows links makes no session; the button does.
    """
    module = get_object_or_404(ModulePage.objects.live(), trainable__uid=trainable_uid)
    return redirect(f"{module.get_url(request)}?{BY_POSTER}=1")


@never_cache
@require_http_methods(["GET", "POST"])
def visit_claim(request: HttpRequest, session_uid: uuid.UUID) -> HttpResponse:
    """«Faire compter ma formation»: sign in, see what will be counted and for whom, and say yes.

    The computer may be shared, so nothing is counted before somebody says that it was she.
    """
    session = _visit(request, session_uid)
    if not is_signed_in(request):
        offered = {"session": session, "module": _module(session)}
        return render(request, "courses/visit_sign_in.html", offered)
    learner = learner_known(request)
    if not may_claim(learner, session) or learner.person is None:
        raise Http404
    if request.method == "GET":
        context = {"session": session, "person": learner.person}
        return render(request, "courses/visit_claim.html", context)
    try:
        session = session_claim(session=session, person=learner.person, now=timezone.now())
    except SessionNotFree:
        messages.warning(request, _("Vous avez déjà commencé ce module : reprenez-le ici."))
    else:
        messages.success(request, _told(session))
    visit_forget(request, session)
    return _to_module(request, session)


@require_POST
def visit_forget_view(request: HttpRequest, session_uid: uuid.UUID) -> HttpResponse:
    """It was somebody else: do not offer it again. It stays what it is, an anonymous count."""
    session = _visit(request, session_uid)
    visit_forget(request, session)
    return _to_module(request, session)


def _visit(request: HttpRequest, session_uid: uuid.UUID) -> LearningSession:
    """A visit that was made in this browser; no other can be asked for."""
    session = LearningSession.objects.filter(uid=session_uid).select_related("trainable").first()
    if session is None or session.uid not in learner_of(request).visits:
        if session is not None:
            forgery_note(request, "visit of another browser", target=session_uid)
        raise Http404
    return session


def _told(session: LearningSession) -> str:
    if session.completed_at is None:
        return _("C’est repris sous votre nom : la suite compte pour vous.")
    return _("C’est compté : votre formation est enregistrée à votre nom.")


def _module(session: LearningSession) -> ModulePage | None:
    module: ModulePage | None = (
        ModulePage.objects.live().filter(trainable=session.trainable_id).first()
    )
    return module


def _to_module(request: HttpRequest, session: LearningSession) -> HttpResponse:
    module = _module(session)
    return redirect(module.get_url(request) if module else "courses:my_space")
