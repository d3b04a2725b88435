"""«Plan du site»."""

from __future__ import annotations

from starter.content.schema import PageText, text

SITE_MAP = PageText(
    slug="plan-du-site",
    title="Plan du site",
    summary="Toutes les rubriques, sur une page.",
    body=(
        text(
            """
            <h3>Apprendre</h3>
            <ul>
                <li><a href="page:/modules/">Modules</a></li>
            </ul>
            <h3>Sensibiliser et se rencontrer</h3>
            <ul>
                <li><a href="page:/ressources/">Affiches et vidéos</a></li>
                <li><a href="page:/rencontres/">Rencontres régionales</a></li>
            </ul>
            <h3>S’orienter</h3>
            <ul>
                <li><a href="page:/">Accueil</a></li>
                <li><a href="page:/la-campagne/">La campagne</a></li>
                <li><a href="page:/vous-etes/">Vous êtes…</a></li>
                <li><a href="page:/signaler-un-incident/">Signaler un
                incident</a></li>
            </ul>
            <h3>Le site</h3>
            <ul>
                <li><a href="page:/mentions-legales/">Mentions légales</a></li>
                <li><a href="page:/donnees-personnelles/">Données
                personnelles</a></li>
                <li><a href="page:/accessibilite/">Accessibilité</a></li>
            </ul>
            """
        ),
    ),
)
