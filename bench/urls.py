"""The site's addresses and two of the benches' own: the unit and the bare frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as site

UNIT, FRAME = "/bench/empty/", "/bench/frame/"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def frame(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [path(UNIT[1:], empty), path(FRAME[1:], frame), *site]
