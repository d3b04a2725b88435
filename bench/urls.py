"""The site's addresses and two of the benches' own: the unit and the bare frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import urlpatterns as site

UNIT, UNIT_POST, FRAME = "/bench/empty/", "/bench/empty-post/", "/bench/frame/"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@csrf_exempt
def empty_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def frame(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [
    path(UNIT[1:], empty),
    path(UNIT_POST[1:], empty_post),
    path(FRAME[1:], frame),
    *site,
]
