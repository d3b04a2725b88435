"""The figures that the starter content shows, each with who published it and when."""

from __future__ import annotations

from starter.content.schema import figure

CAMPAIGN_PUBLISHER = "Ministère des Solidarités et de la Santé, ASIP Santé"
CAMPAIGN_DATE = "novembre 2019"

REPORTS = figure(
    value="693",
    label="incidents signalés en deux ans par les structures de santé.",
    publisher=CAMPAIGN_PUBLISHER,
    published_on=CAMPAIGN_DATE,
)
DEGRADED = figure(
    value="1 sur 2",
    label="La moitié des incidents signalés a obligé l’établissement à travailler en mode dégradé.",
    publisher=CAMPAIGN_PUBLISHER,
    published_on=CAMPAIGN_DATE,
)
MALICIOUS = figure(
    value="40 à 43 %",
    label="des incidents signalés étaient malveillants.",
    publisher=CAMPAIGN_PUBLISHER,
    published_on=CAMPAIGN_DATE,
)
EXERCISES = figure(
    value="79 %",
    label="des établissements de santé avaient fait ou prévu un exercice de crise à la fin de "
    "2024.",
    publisher="Délégation au numérique en santé, programme CaRE",
    published_on="bilan de l’année 2024",
)
STRUCTURES = figure(
    value="250 à 300",
    label="structures seulement ont fait ces 693 signalements.",
    publisher=CAMPAIGN_PUBLISHER,
    published_on=CAMPAIGN_DATE,
)
