"""« Diriger : gouverner, préparer, s’exercer »: four lessons and the final quiz."""

from __future__ import annotations

from starter.content.figures import DEGRADED, EXERCISES
from starter.content.schema import (
    EASY,
    HARD,
    LessonText,
    ModuleText,
    QuizText,
    ask_first,
    case,
    commitment,
    ending,
    gestures,
    html,
    key_message,
    matching,
    misconception,
    multiple,
    right,
    risky,
    safe,
    scenario,
    single,
    sorting,
    step,
    text,
    true_false,
    way,
    wrong,
)

GOVERN, CONTINUE, REHEARSE, MEANS = "gouvernance", "continuité", "exercices", "moyens"

ON_THE_AGENDA = LessonText(
    slug="un-risque-de-soin-a-l-ordre-du-jour",
    title="Un risque de soin, à l’ordre du jour",
    summary="Ce qui se décide à la direction, et cinq questions à poser.",
    body=(
        text(
            """
            <p>Le premier des trois objectifs de la campagne lancée le 28 novembre 2019 tient en
            quelques mots : mettre la cybersécurité au cœur de la gouvernance de l’hôpital.
            Parce que les choix qui comptent ne sont pas techniques : quels soins tenir d’abord,
            que reporter, que financer, que dire.</p>
            """
        ),
        DEGRADED,
        text(
            """
            <h3>Cinq questions à votre RSSI</h3>
            <p>Le responsable de la sécurité des systèmes d’information (RSSI) a souvent les
            réponses. Reste à les lui demander.</p>
            <ol>
                <li>Combien d’heures chaque service tient-il sans informatique ?</li>
                <li>Quand avons-nous restauré une sauvegarde pour de vrai ?</li>
                <li>Qui entre chez nous à distance, et avec quelles preuves ?</li>
                <li>Quels équipements ne peuvent plus être mis à jour ?</li>
                <li>Que ne demandez-vous plus, parce qu’on vous l’a trop refusé ?</li>
            </ol>
            """
        ),
        misconception(
            "C’est un sujet technique : je le délègue à la DSI.",
            "La direction des systèmes d’information protège et répare. Mais décider qui passe "
            "sur papier, quel bloc ferme, quelle dépense attend : cela ne se délègue pas.",
        ),
    ),
)

CONTINUITY = LessonText(
    slug="tenir-les-soins-quand-tout-s-arrete",
    title="Tenir les soins quand tout s’arrête",
    summary="Plan de continuité et plan blanc numérique : partir des soins, pas des serveurs.",
    body=(
        text(
            """
            <p>Après les attaques de Corbeil-Essonnes et de Versailles, en 2022, le gouvernement
            a annoncé un « plan blanc numérique » : une feuille de route pour le jour où
            l’attaque vient, avec sa cellule de crise et son analyse d’impact. Son guide est
            paru le 30 juin 2023.</p>
            <p>Un bon plan répond, service par service, à trois questions : que fait-on sans
            écran ? pendant combien de temps ? que rallume-t-on d’abord ? Les soignants y
            répondent avec l’informatique. La direction arbitre, avant la crise plutôt que
            pendant.</p>
            <p>Il existe aussi sur papier : annuaire, rôles, suppléants, modèles de feuilles. Et
            il dit qui appelle au-dehors : l’agence régionale de santé (ARS), le portail
            national de signalement, et par lui le CERT Santé, l’équipe nationale qui répond aux
            attaques, à toute heure.</p>
            """
        ),
        case(
            "Le mois où la paie comptait",
            """
            <p>Exemple. Dans un centre hospitalier, le plan rallumait la paie en dernier.
            L’attaque tombe le 20. Les soins tiennent, mais 900 agents se demandent s’ils seront
            payés, au moment où l’on a besoin d’eux. La directrice obtient de la trésorerie que
            les virements du mois précédent soient reconduits, et le dit à tous le soir même.
            Depuis, cet accord est écrit d’avance.</p>
            """,
        ),
    ),
)

REHEARSAL = LessonText(
    slug="s-exercer-avant",
    title="S’exercer avant",
    summary="Un exercice par an est obligatoire. En voici un de trois minutes.",
    body=(
        text(
            """
            <p>Un exercice de crise est obligatoire chaque année. L’Agence du Numérique en Santé
            publie des kits à trois niveaux : de quoi commencer petit.</p>
            """
        ),
        EXERCISES,
        scenario(
            "Samedi, 6 h 10",
            "Vous êtes de garde de direction. Le RSSI : « Rançongiciel. Pharmacie et imagerie "
            "sont touchées. »",
            step(
                "open",
                "L’ouverture",
                "Quelle est votre première décision ?",
                way(
                    "J’ouvre la cellule de crise, quitte à la refermer.",
                    "À 6 h 40, soins, informatique et communication sont autour de la table.",
                    "first",
                ),
                way(
                    "J’attends un diagnostic complet.",
                    "À 9 h, la biologie s’arrête aussi. Les services improvisent chacun de leur "
                    "côté.",
                    "nine",
                ),
            ),
            step(
                "nine",
                "9 heures",
                "Les cadres demandent des consignes.",
                way(
                    "J’ouvre la cellule maintenant.",
                    "Les décisions reviennent, avec trois heures à rattraper.",
                    "late",
                ),
                way(
                    "Chacun connaît son métier : on verra lundi.",
                    "Deux services se disputent les mêmes coursiers ; un bloc attend des images "
                    "qui ne viendront pas.",
                    "alone",
                ),
            ),
            step(
                "first",
                "La première question",
                "Par quoi commence la cellule ?",
                way(
                    "Les soins : qui tient sur papier, qui reporte, qui transfère.",
                    "Les urgences vitales sont couvertes. Le reste s’ordonne.",
                    "outside",
                ),
                way(
                    "Le communiqué, avant que la presse n’appelle.",
                    "Une heure passe sur trois phrases, pendant que les blocs attendent.",
                    "press",
                ),
            ),
            step(
                "outside",
                "Au-dehors",
                "Les auteurs offrent de négocier. Qui prévenez-vous, et que leur répondez-vous ?",
                way(
                    "L’ARS, le portail national, les forces de l’ordre. Aux auteurs, rien.",
                    "L’aide arrive, des voisins prennent des patients.",
                    "good",
                ),
                way(
                    "Personne : je paie discrètement, par un intermédiaire.",
                    "La clé reçue ne rend qu’une partie des fichiers.",
                    "paid",
                ),
            ),
            ending(
                "good",
                "L’hôpital tient",
                "Vous avez décidé tôt, soins d’abord, et demandé de l’aide. Le retour sera long ; "
                "il sera ordonné.",
                "good",
            ),
            ending(
                "press",
                "Les mots avant les soins",
                "Communiquer compte, juste après. Un modèle prêt d’avance vous aurait rendu cette "
                "heure.",
                "mixed",
            ),
            ending(
                "late",
                "Trois heures plus tard",
                "Ouvrir trop tôt ne coûte qu’un réveil. Ouvrir tard coûte de la cohérence.",
                "mixed",
            ),
            ending(
                "paid",
                "Payé, et toujours arrêté",
                "L’argent est parti, les données copiées aussi. Et la déclaration reste due.",
                "bad",
            ),
            ending(
                "alone",
                "Chacun pour soi",
                "Vos équipes sont compétentes. Il leur manquait quelqu’un pour arbitrer.",
                "bad",
            ),
        ),
    ),
)

MEANS_AND_CULTURE = LessonText(
    slug="ce-que-l-on-finance-ce-que-l-on-montre",
    title="Ce que l’on finance, ce que l’on montre",
    summary="Des priorités simples, et l’exemple. Puis le quiz.",
    body=(
        text(
            """
            <p>Si le budget est court, demandez d’abord ce qui réduit la durée d’un arrêt : des
            sauvegardes séparées du réseau et essayées, une astreinte joignable, des accès à
            distance protégés par deux preuves, des mises à jour tenues. Puis du temps pour se
            former : la certification de la Haute Autorité de santé comporte des critères
            numériques depuis 2024, et l’on vous demandera qui a été formé, quand, et d’où vient
            la preuve.</p>
            """
        ),
        sorting(
            "Votre décision de la semaine",
            "Sans risque, risqué, ou à demander d’abord au RSSI ?",
            safe(
                "Inviter le RSSI au comité de direction chaque trimestre.",
                "Ce qui revient à date fixe finit par être suivi.",
            ),
            risky(
                "Demander pour moi une exception à la double authentification (deux preuves pour "
                "entrer).",
                "Un compte de direction ouvre beaucoup de portes. Et toute l’équipe le saura.",
            ),
            ask_first(
                "Signer l’achat d’un automate connecté.",
                "Qui le mettra à jour, et pendant combien d’années ? Qui s’y connectera à "
                "distance ?",
            ),
            risky(
                "Reporter l’exercice : l’année est trop chargée.",
                "Elle le sera encore. Prenez le kit le plus court, une heure suffit pour "
                "apprendre.",
            ),
        ),
        gestures(
            "Je mets la cybersécurité à l’ordre du jour, à date fixe.",
            "Je m’exerce chaque année avec ma cellule de crise.",
            "Je remercie en public celui qui signale.",
        ),
        key_message("La crise se gagne aux réunions d’avant."),
        commitment(
            "Ce que je change dès demain",
            "Une seule décision, mais datée.",
            "Je pose les cinq questions à mon RSSI.",
            "Je fais imprimer l’annuaire de crise.",
            "Je fixe la date du prochain exercice.",
        ),
    ),
)

QUIZ = QuizText(
    title="Diriger : gouverner, préparer, s’exercer : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "Qui décide de l’ordre dans lequel les services retrouvent leurs outils après une "
            "attaque ?",
            "L’ordre dépend des soins. L’informatique dit ce qui est possible, la direction et "
            "les soignants ce qui est nécessaire.",
            wrong(
                "L’informatique, selon ce qui est le plus simple à rallumer.",
                "Le plus facile à rallumer n’est pas toujours ce dont les patients ont besoin.",
            ),
            wrong(
                "Le fournisseur du logiciel principal.",
                "Il connaît son logiciel, pas vos patients.",
            ),
            right("La direction, avec les soignants et l’informatique."),
            tags=(GOVERN,),
            difficulty=EASY,
        ),
        matching(
            "Reliez chaque question au RSSI à ce qu’elle éclaire.",
            "Une bonne question montre un écart entre ce que l’on croit et ce que l’on a.",
            ("Quand avons-nous restauré une sauvegarde ?", "Notre capacité à repartir"),
            ("Qui entre chez nous à distance ?", "Nos portes ouvertes au-dehors"),
            ("Qu’est-ce qui ne peut plus être mis à jour ?", "Nos fragilités connues"),
            ("Combien d’heures chaque service tient-il ?", "La priorité des soins"),
            distractors=("Le nom des agents imprudents",),
            tags=(GOVERN,),
        ),
        true_false(
            "Mettre la cybersécurité au cœur de la gouvernance de l’hôpital est l’un des "
            "objectifs de la campagne de 2019.",
            "C’est le premier des trois, avant l’hygiène numérique et la communauté de la e-santé.",
            is_true=True,
            tags=(GOVERN,),
            difficulty=EASY,
        ),
        single(
            "Le RSSI annonce au comité de direction qu’un risque important n’est pas couvert. "
            "Quelle est la suite utile ?",
            "Un risque se traite, se réduit ou s’accepte ; mais il s’écrit, avec un nom et une "
            "date.",
            right("Décider, écrire la décision et fixer une date de revue."),
            wrong(
                "Lui demander de revenir avec une solution déjà chiffrée.",
                "Il peut manquer justement de la décision qui rendrait la solution possible.",
            ),
            wrong(
                "Le remercier, sans rien consigner.",
                "Sans trace, le risque est accepté par oubli, et par personne.",
            ),
            tags=(GOVERN,),
        ),
        single(
            "Où doit se trouver le plan blanc numérique pour servir ?",
            "Le jour de l’attaque, ce qui est sur le réseau peut être inaccessible.",
            wrong(
                "Sur l’intranet, toujours à jour et accessible à tous les cadres.",
                "Très bien les autres jours. Celui-là, l’intranet peut être arrêté.",
            ),
            right("Sur papier aussi, là où se réunit la cellule de crise."),
            wrong(
                "Dans le bureau du RSSI, sous clé.",
                "Un samedi à 6 heures, personne n’a la clé.",
            ),
            tags=(CONTINUE,),
        ),
        multiple(
            "Que prévoit un bon plan, service par service ?",
            "Le soin d’abord : comment on travaille, combien de temps, ce que l’on rallume.",
            wrong(
                "Le montant de rançon acceptable.",
                "Les autorités recommandent de ne pas payer. Ce n’est pas une variable de "
                "continuité.",
            ),
            right("Combien de temps on peut tenir ainsi."),
            right("Comment on soigne sans écran."),
            right("Ce qui doit être rallumé en premier."),
            tags=(CONTINUE,),
        ),
        true_false(
            "Le plan de continuité peut être écrit par l’informatique seule, qui connaît les "
            "systèmes.",
            "Elle connaît les systèmes ; les services connaissent les soins. Écrit sans eux, il "
            "ne sera pas suivi.",
            is_true=False,
            tags=(CONTINUE,),
        ),
        single(
            "Un directeur de garde hésite à ouvrir la cellule de crise : l’attaque n’est pas "
            "confirmée. Que lui conseillez-vous ?",
            "Une cellule s’ouvre sur un doute sérieux et se referme sans honte. Le temps du début "
            "ne se rattrape pas.",
            wrong(
                "D’attendre la confirmation technique.",
                "Elle peut venir dans plusieurs heures, quand d’autres services seront arrêtés.",
            ),
            right("De l’ouvrir, quitte à la refermer."),
            wrong(
                "De demander aux cadres s’ils sont gênés.",
                "Utile, mais pas en premier : certains n’ont encore rien vu.",
            ),
            tags=(CONTINUE,),
        ),
        true_false(
            "Un exercice de crise cyber est obligatoire chaque année pour les établissements.",
            "C’est une obligation, et surtout l’occasion de découvrir ce qui manque un jour où "
            "cela ne coûte rien.",
            is_true=True,
            tags=(REHEARSE,),
            difficulty=EASY,
        ),
        single(
            "Vous n’avez jamais fait d’exercice. Par quoi commencer ?",
            "L’Agence du Numérique en Santé publie des kits à trois niveaux : le premier sert à "
            "commencer.",
            wrong(
                "Couper le réseau sans prévenir, pour voir qui réagit bien.",
                "Un exercice ne met jamais un soin en danger. On annonce, on encadre.",
            ),
            wrong(
                "Attendre que le plan soit parfait.",
                "C’est l’exercice qui montre ce qui manque au plan.",
            ),
            right("Une heure autour d’une table, avec un kit simple."),
            tags=(REHEARSE,),
        ),
        multiple(
            "Qu’est-ce qui rend un exercice utile ?",
            "On s’exerce pour trouver les trous. Un exercice parfait n’a rien appris.",
            right("Y associer les soignants, pas seulement l’informatique."),
            wrong(
                "Noter la performance de chaque participant.",
                "La peur d’être jugé fait réciter le plan au lieu de l’éprouver.",
            ),
            right("Écrire ce qui a manqué, avec un responsable et une date."),
            wrong(
                "Choisir un scénario que l’on est sûr de réussir.",
                "Rassurant, mais on n’y apprendrait rien de neuf.",
            ),
            tags=(REHEARSE,),
        ),
        single(
            "Pendant l’exercice, on s’aperçoit que deux numéros d’astreinte sont faux. Comment le "
            "prenez-vous ?",
            "Deux numéros faux trouvés un mardi calme, c’est du temps gagné sur la vraie nuit.",
            right("C’est le meilleur résultat de la matinée."),
            wrong(
                "C’est un échec : il ne faut pas le faire remonter.",
                "Caché, le défaut attendra la vraie crise.",
            ),
            wrong(
                "C’est un détail, face à la stratégie.",
                "Une crise se joue aussi à un numéro qui répond.",
            ),
            tags=(REHEARSE,),
        ),
        multiple(
            "Le budget est court. Quelles dépenses réduisent le plus la durée d’un arrêt ?",
            "Repartir vite suppose des sauvegardes qui marchent et des gens joignables.",
            wrong(
                "De nouveaux écrans dans les salles de réunion.",
                "Agréables, mais ils ne feront rien repartir.",
            ),
            right("Des sauvegardes séparées du réseau, que l’on essaie."),
            right("Une astreinte informatique joignable à toute heure."),
            wrong(
                "Une réserve d’argent pour la rançon.",
                "Payer ne garantit rien. Cette somme protège mieux, dépensée avant.",
            ),
            tags=(MEANS,),
        ),
        true_false(
            "Une sauvegarde qui se termine chaque nuit sans erreur prouve que l’on saura "
            "restaurer.",
            "Seul un essai de restauration le prouve, et dit en combien de temps.",
            is_true=False,
            tags=(MEANS,),
            difficulty=HARD,
        ),
        single(
            "On vous demande une preuve que les équipes sont sensibilisées. Que montrez-vous ?",
            "Par métier, avec des dates et une source : c’est ce qui se vérifie, et ce qui montre "
            "où agir.",
            wrong(
                "La photo des affiches dans les couloirs.",
                "Les affiches aident, mais ne disent pas qui a appris.",
            ),
            right("La part formée par métier, avec les dates et la source."),
            wrong(
                "Le courriel envoyé à tous les agents en janvier.",
                "Envoyé n’est pas lu, et lu n’est pas appris.",
            ),
            tags=(MEANS,),
        ),
        single(
            "Votre validation sur téléphone vous agace : vous songez à demander une exception. "
            "Que faites-vous ?",
            "La direction est une cible de choix, et un exemple que tout le monde regarde.",
            wrong(
                "Je la demande : mes journées sont pleines.",
                "Celles des soignants aussi. Et votre compte ouvre beaucoup de portes.",
            ),
            wrong(
                "Je confie mon téléphone à mon assistante.",
                "Ce serait lui prêter votre identité, et la mettre en difficulté.",
            ),
            right("Je la garde, et demande si un moyen plus commode existe."),
            tags=(MEANS,),
        ),
    ),
)

MODULE = ModuleText(
    slug="diriger-gouverner-preparer-s-exercer",
    title="Diriger : gouverner, préparer, s’exercer",
    summary="Ce qui se décide à la direction avant, pendant et après une attaque : gouvernance, "
    "continuité, exercices, moyens.",
    objectives=html(
        """
        <ul>
            <li>Poser cinq questions utiles à son RSSI</li>
            <li>Relire son plan de continuité en partant des soins</li>
            <li>Ouvrir une cellule de crise à temps, et s’y être exercé</li>
            <li>Choisir des dépenses qui réduisent la durée d’un arrêt</li>
        </ul>
        """
    ),
    duration_minutes=10,
    pass_mark=75,
    audiences=("direction",),
    lessons=(ON_THE_AGENDA, CONTINUITY, REHEARSAL, MEANS_AND_CULTURE),
    quiz=QUIZ,
)
