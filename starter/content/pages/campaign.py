"""«La campagne»: where it comes from and for whom."""

from __future__ import annotations

from starter.content.schema import PageText, call_to_action, key_message, text

CAMPAIGN_PAGE = PageText(
    slug="la-campagne",
    title="La campagne",
    summary="Née en 2019, une campagne pour que la vigilance numérique soit l’affaire de tous à "
    "l’hôpital.",
    show_in_menus=True,
    body=(
        text(
            """
            <h3>Depuis novembre 2019</h3>
            <p>La campagne est lancée le 28 novembre 2019 par Agnès Buzyn, ministre des
            Solidarités et de la Santé, avec l’ASIP Santé, devenue depuis l’Agence du
            Numérique en Santé. Elle s’adresse à 3 036 hôpitaux, qui n’ont pas tous la
            même maîtrise du sujet.</p>
            <p>Une vidéo et des affiches sont mises à la disposition des
            établissements, et des rencontres régionales sont prévues de mars à
            novembre 2020. Une nouvelle campagne, relayée par les agences régionales de
            santé, a depuis été annoncée dans le programme CaRE.</p>
            <p>Ce site prolonge la même idée : des supports à emporter, et des modules
            pour apprendre les gestes.</p>
            """
        ),
        key_message(
            "La cybersécurité, c’est la continuité de la sécurité des soins.",
            "<p>Un dossier inaccessible ou un appareil arrêté, c’est un soin retardé. Protéger "
            "l’outil, c’est protéger le patient.</p>",
        ),
        text(
            """
            <h3>Trois objectifs</h3>
            <ol>
                <li><b>La gouvernance</b> : que la cybersécurité compte parmi les
                décisions de l’hôpital.</li>
                <li><b>L’hygiène numérique</b> : que les gestes simples deviennent
                des habitudes.</li>
                <li><b>La communauté</b> : que les acteurs de la santé numérique se
                connaissent et s’entraident dans tout le pays.</li>
            </ol>
            <h3>L’affaire de chacun</h3>
            <p>Directions, équipes numériques, professionnels de santé, fonctions
            support, usagers : la vigilance est partagée. <a
            href="page:/vous-etes/">Trouvez par où commencer</a> selon ce que vous
            faites à l’hôpital.</p>
            """
        ),
        call_to_action("Commencer un module", "page:/modules/"),
    ),
)
