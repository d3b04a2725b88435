"""Figures in French form for the templates."""

from __future__ import annotations

from django import template

from reporting import figures

register = template.Library()

register.filter("french_number", figures.number)
