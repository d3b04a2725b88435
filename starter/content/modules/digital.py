"""« Sauvegardes, cloisonnement, correctifs et comptes »: four lessons and the final quiz.

For people of the trade: it sets priorities, it does not explain what a network is.
"""

from __future__ import annotations

from starter.content.figures import MALICIOUS
from starter.content.schema import (
    EASY,
    HARD,
    LessonText,
    ModuleText,
    QuizText,
    case,
    ending,
    gestures,
    html,
    key_message,
    matching,
    misconception,
    moment,
    multiple,
    right,
    scenario,
    single,
    step,
    text,
    timeline,
    true_false,
    way,
    wrong,
)

# What each question is about: two of each are drawn.
BACKUPS, ZONES, ACCOUNTS, LOGS = "sauvegardes", "cloisonnement et correctifs", "comptes", "journaux"

RESTORE = LessonText(
    slug="une-sauvegarde-se-restaure",
    title="Une sauvegarde, cela se restaure",
    summary="Une copie hors d’atteinte, et la preuve qu’elle revient.",
    body=(
        text(
            """
            <p>Qui attaque un hôpital cherche souvent les sauvegardes en premier. Celles que
            l’administrateur du domaine peut effacer tombent avec le reste.</p>
            <ul>
                <li><b>Une copie hors ligne ou non modifiable</b>, avec ses propres comptes, hors
                de l’annuaire.</li>
                <li><b>Ce que l’on oublie</b> : l’annuaire lui-même, le moteur d’interfaces, les
                réglages du réseau, les licences. Et, sur papier, la marche à suivre.</li>
                <li><b>Deux durées, dites par les soignants</b> : combien de temps une application
                peut manquer, combien de données on accepte de ressaisir. À vous de mesurer l’écart
                : par exemple une application restaurée chaque trimestre, l’annuaire chaque année,
                chronomètre en main.</li>
            </ul>
            <p>Tout incident n’est pas une attaque : une sauvegarde essayée répare aussi les pannes
            et les erreurs.</p>
            """
        ),
        misconception(
            "La tâche de sauvegarde est verte depuis un an.",
            "Elle dit que des fichiers ont été copiés. Ni qu’ils sont sains, ni que l’annuaire "
            "dont dépend l’application reviendra avec eux, ni en combien d’heures.",
        ),
        MALICIOUS,
        timeline(
            "Revenir après un rançongiciel",
            "La cellule de crise est réunie, le soin continue sur papier. Remettez le travail "
            "technique dans l’ordre.",
            moment(
                "Première heure",
                "Isoler le réseau et les sauvegardes.",
                "Rien de ce qui suit ne tient si le chiffrement avance encore.",
            ),
            moment(
                "Dès le premier jour",
                "Relever les traces et dater l’intrusion.",
                "Sans date, impossible de choisir une copie saine.",
            ),
            moment(
                "Ensuite",
                "Choisir une copie antérieure et l’examiner à l’écart.",
                "Une copie postérieure ramènerait l’intrus.",
            ),
            moment(
                "Sur cette base",
                "Reconstruire l’annuaire et les comptes d’administration.",
                "Toutes les applications s’y adossent.",
            ),
            moment(
                "Par vagues",
                "Rétablir les applications, dans l’ordre fixé avec les soignants.",
                "Le plus utile au soin, non le plus simple.",
            ),
            moment(
                "En dernier",
                "Rouvrir les liens extérieurs, un par un, sous surveillance.",
                "Un lien rouvert trop tôt peut tout recommencer.",
            ),
        ),
    ),
)

UNPATCHABLE = LessonText(
    slug="vivre-avec-ce-que-l-on-ne-corrige-pas",
    title="Vivre avec ce que l’on ne corrige pas",
    summary="Cloisonner, corriger ce qui peut l’être, assumer le reste par écrit.",
    body=(
        case(
            "Le scanner et le système sans correctif",
            """
            <p>Exemple. Le système d’un scanner n’est plus corrigé ; le fabricant n’en valide pas
            d’autre, le remplacement est prévu dans trois ans. RSSI, biomédical et radiologues le
            placent dans une zone à lui : deux flux permis, aucun accès à Internet, télémaintenance
            sur demande. Le prix : un appel avant chaque dépannage. Le risque qui reste est écrit,
            signé par la direction, revu tous les six mois.</p>
            """,
        ),
        text(
            """
            <p>Installer seul un correctif sur un dispositif médical, c’est en répondre à la place
            du fabricant. Le laisser sur le réseau des postes, c’est parier.</p>
            <p>Le cloisonnement ne sert pas qu’aux appareils anciens : postes, serveurs,
            administration, bâtiments, Wi-Fi des visiteurs ont chacun leur zone, et chaque flux sa
            raison écrite. On n’y arrive pas en un an : commencez par ce dont l’arrêt coûterait le
            plus aux soins.</p>
            <p>Pour les correctifs, l’ordre compte plus que le volume : ce qui est exposé à
            Internet, ce qui est déjà exploité, puis les serveurs dont tout dépend. Chaque
            correctif a son créneau convenu avec les services, et son retour arrière.</p>
            """
        ),
        scenario(
            "Mardi, 17 h 40",
            "L’éditeur de votre accès distant corrige une faille, exploitée depuis plusieurs "
            "jours. Corriger coupe vingt minutes. La téléradiologie de garde passe par là.",
            step(
                "when",
                "Quand corriger ?",
                "La fenêtre de maintenance est jeudi.",
                way(
                    "J’attends jeudi : la procédure est la procédure.",
                    "Mercredi, 3 h : des connexions inconnues.",
                    "intruder",
                ),
                way(
                    "J’appelle l’imagerie et les urgences pour convenir d’une coupure.",
                    "19 h, le temps qu’un radiologue soit sur place.",
                    "traces",
                ),
            ),
            step(
                "traces",
                "Avant la coupure",
                "La mise à jour efface les journaux de l’équipement.",
                way(
                    "Je les copie d’abord, quitte à déborder de dix minutes.",
                    "Le radiologue patiente. Correctif posé à 19 h 30.",
                    "after",
                ),
                way(
                    "Je corrige : le créneau est court.",
                    "À l’heure. Mais était-on entré avant ? Plus rien ne le dit.",
                    "blind",
                ),
            ),
            step(
                "after",
                "Le correctif est posé",
                "Les journaux copiés montrent deux sessions douteuses.",
                way(
                    "La porte est fermée, je clos le ticket.",
                    "Une session volée reste ouverte.",
                    "inside",
                ),
                way(
                    "Je ferme les sessions et fais changer mots de passe et clés.",
                    "Des agents grognent demain matin, prévenus par un mot clair.",
                    "clean",
                ),
            ),
            step(
                "intruder",
                "Mercredi, 3 h",
                "La téléradiologie fonctionne, l’intrus aussi.",
                way(
                    "Je coupe, je préviens la garde, j’alerte le RSSI.",
                    "Les urgences passent en mode dégradé.",
                    "contained",
                ),
                way(
                    "Je bloque les adresses vues et je surveille.",
                    "Il en change au bout d’une heure.",
                    "inside",
                ),
            ),
            ending(
                "clean",
                "Corrigé, vérifié, renouvelé",
                "Une coupure choisie avec les soignants a coûté une demi-heure.",
                "good",
            ),
            ending(
                "blind",
                "Corrigé, sans mémoire",
                "La porte est fermée. Faute de traces, il faut faire comme si l’on était entré : "
                "tout renouveler, et chercher ailleurs.",
                "mixed",
            ),
            ending(
                "contained",
                "Contenu",
                "La coupure n’a pas été choisie, mais elle était juste. La procédure gagnera une "
                "ligne : faille exploitée, correctif le jour même.",
                "mixed",
            ),
            ending(
                "inside",
                "Toujours là",
                "Un correctif ou un blocage ne fait pas sortir qui est entré. Couper, chercher, "
                "renouveler : il est encore temps.",
                "bad",
            ),
        ),
    ),
)

ENDINGS = LessonText(
    slug="des-comptes-qui-finissent",
    title="Des comptes qui finissent",
    summary="Administrateurs, départs, prestataires, secours.",
    body=(
        text(
            """
            <ul>
                <li><b>Administrer</b> : un compte nominatif à part, un poste dédié, ni messagerie
                ni Internet. Qui administre les postes n’administre pas l’annuaire.</li>
                <li><b>Arriver, partir</b> : un compte naît d’une arrivée et porte une fin, surtout
                pour un intérimaire ou un étudiant. Les ressources humaines savent avant vous :
                branchez-vous sur elles.</li>
                <li><b>Dépanner</b> : le prestataire a un accès à son nom, en double
                authentification, ouvert à la demande, enregistré, refermé.</li>
                <li><b>Secourir</b> : un compte d’ultime recours sous scellé, essayé chaque année,
                dont l’usage sonne chez deux personnes.</li>
            </ul>
            """
        ),
        key_message(
            "Une sécurité trop lente sera contournée.",
            "<p>Si changer d’utilisateur dure une minute au poste de soins, la session sera "
            "partagée. Mesurez-le avant d’écrire la règle.</p>",
        ),
    ),
)

WITNESSES = LessonText(
    slug="des-journaux-qui-temoignent",
    title="Des journaux qui témoignent",
    summary="Garder les traces hors d’atteinte, en lire peu mais les lire. Puis le quiz.",
    body=(
        text(
            """
            <p>Envoyez les journaux au fil de l’eau vers un collecteur séparé, à l’heure juste,
            pour une durée fixée avec le délégué à la protection des données. Mieux vaut dix
            alertes lues que mille ignorées : ajout d’un administrateur, arrêt d’une protection,
            suppression de sauvegardes, connexion distante inhabituelle.</p>
            <p>Un incident grave ou significatif se déclare sur le portail national. Le CERT Santé
            aide à toute heure : appelez-le avant d’être sûr.</p>
            """
        ),
        gestures(
            "Je restaure pour de vrai, avec un soignant pour dire si cela marche.",
            "J’isole ce que je ne peux pas corriger, et je fais signer le risque.",
            "Je donne à chaque compte un nom, un niveau et une fin.",
        ),
    ),
)

QUIZ = QuizText(
    title="Sauvegardes, cloisonnement, correctifs et comptes : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "L’attaquant tient l’administration du domaine. Quelle copie a le plus de chances "
            "d’avoir survécu ?",
            "Ce qui compte est ce que le compte volé ne peut pas atteindre.",
            wrong(
                "La réplication en temps réel vers le second site.",
                "Elle a répliqué le chiffrement avec le reste.",
            ),
            wrong(
                "Le partage de sauvegarde, masqué aux utilisateurs.",
                "Masqué aux utilisateurs, pas au compte volé.",
            ),
            right("La copie hors ligne, dont les comptes ne sont pas dans l’annuaire."),
            tags=(BACKUPS,),
            difficulty=EASY,
        ),
        true_false(
            "Un instantané sur la baie de production tient lieu de copie hors ligne.",
            "Il aide à revenir une heure en arrière. Il disparaît avec la baie, ou par le compte "
            "qui l’administre.",
            is_true=False,
            tags=(BACKUPS,),
        ),
        multiple(
            "Que doit montrer un essai de restauration du dossier patient ?",
            "Un essai vaut par l’usage retrouvé et par le temps mesuré.",
            wrong(
                "Que la tâche finit sans erreur.",
                "L’outil est content, le soignant ne sait pas encore.",
            ),
            right("Qu’un soignant y retrouve ses patients."),
            right("En combien de temps, annuaire compris."),
            wrong(
                "Que le volume restauré égale le volume sauvegardé.",
                "Une base incohérente pèse le même poids.",
            ),
            tags=(BACKUPS,),
        ),
        single(
            "Qui fixe la durée pendant laquelle le dossier patient peut manquer ?",
            "Le besoin vient du soin, le possible vient de la technique, l’écart se décide en "
            "direction.",
            wrong(
                "Le prestataire de sauvegarde, dans son contrat.",
                "Il promet un délai. Il ne sait pas ce que le bloc supporte.",
            ),
            right("Les soignants la disent, la direction arbitre."),
            wrong(
                "L’équipe numérique, qui connaît la durée réelle d’une restauration.",
                "Vous connaissez ce qui est possible. Le besoin, ce sont eux.",
            ),
            tags=(BACKUPS,),
        ),
        single(
            "Un automate de biologie ne reçoit plus de correctif et doit servir deux ans encore. "
            "Que proposez-vous ?",
            "On réduit ce qui peut l’atteindre, on écrit ce qui reste, et on date la sortie.",
            wrong(
                "Poser le correctif du système sans le fabricant, avec un retour arrière prêt.",
                "Un résultat faux ne se voit pas toujours. Le fabricant doit valider.",
            ),
            wrong(
                "Ne rien changer : il est derrière le pare-feu de l’hôpital.",
                "Le danger vient aussi d’un poste de l’intérieur.",
            ),
            right("L’isoler, filtrer ses flux, faire signer le risque et sa fin."),
            tags=(ZONES,),
        ),
        matching(
            "À chaque limite, ce qui la compense le mieux.",
            "Une mesure compensatoire agit sur le chemin, quand on ne peut agir sur l’appareil.",
            ("Le système n’est plus corrigé", "Une zone isolée, sans Internet"),
            ("Tous partagent le mot de passe de l’appareil", "Une passerelle où chacun se nomme"),
            ("Le fabricant doit dépanner à distance", "Un accès ouvert à la demande"),
            distractors=("Une note de service appelant à la prudence",),
            tags=(ZONES,),
            difficulty=HARD,
        ),
        true_false(
            "Après avoir corrigé une faille déjà exploitée, il faut encore chercher des traces "
            "d’intrusion.",
            "Le correctif ferme la porte. Il ne dit pas si quelqu’un est entré, ni s’il est resté.",
            is_true=True,
            tags=(ZONES,),
        ),
        multiple(
            "Trente correctifs, une soirée. Lesquels d’abord ?",
            "L’exposition et l’exploitation font l’ordre ; le confort fait la suite.",
            right("Ceux des équipements visibles depuis Internet."),
            wrong(
                "Les plus anciens de la liste.",
                "L’âge ne dit pas le danger : une faille d’hier peut être exploitée ce soir.",
            ),
            right("Ceux des failles que l’on exploite déjà."),
            wrong(
                "Ceux qui ne demandent pas de redémarrage.",
                "Commodes, mais le risque passe avant la commodité.",
            ),
            tags=(ZONES,),
        ),
        single(
            "Un éditeur demande un accès permanent : « nous dépannerons plus vite la nuit ». Quel "
            "compromis ?",
            "L’astreinte ouvre en quelques minutes. On garde la vitesse, on retire la porte "
            "toujours ouverte.",
            right("Un accès nominatif, ouvert par l’astreinte."),
            wrong(
                "Un accès permanent, avec un mot de passe très long changé chaque trimestre.",
                "Si l’éditeur est piraté, la longueur n’y change rien.",
            ),
            wrong(
                "Aucun accès distant : qu’il se déplace.",
                "Un automate arrêté à 3 heures du matin, c’est aussi un risque pour le patient.",
            ),
            tags=(ACCOUNTS,),
        ),
        multiple(
            "Un interne quitte l’hôpital vendredi. Que doit-il se passer ce jour-là ?",
            "Les accès s’arrêtent, les écrits restent.",
            right("Son accès au dossier patient se ferme."),
            right("Son accès à distance se ferme."),
            wrong(
                "Ses écrits sont retirés du dossier.",
                "Ils appartiennent au dossier du patient et gardent son nom.",
            ),
            wrong(
                "Son compte passe à son remplaçant.",
                "Le remplaçant reçoit le sien, sinon les soins portent un faux nom.",
            ),
            tags=(ACCOUNTS,),
            difficulty=EASY,
        ),
        true_false(
            "Un administrateur prudent peut lire sa messagerie avec son compte d’administration.",
            "La prudence se trompe un jour. Ce jour-là, le clic ne doit pas porter les droits du "
            "domaine.",
            is_true=False,
            tags=(ACCOUNTS,),
        ),
        single(
            "Aux urgences, il faut parfois lire le dossier d’un patient que l’on ne suit pas. "
            "Quelle règle ?",
            "C’est l’accès « bris de glace » : le soin n’attend pas, et la trace se lit ensuite.",
            wrong(
                "Le refuser, sauf accord écrit du médecin qui suit le patient.",
                "À 3 heures du matin, cet accord arrive trop tard.",
            ),
            wrong(
                "L’ouvrir à tout l’hôpital : le secret professionnel suffit.",
                "Le secret lie chacun, il ne remplace ni la limite ni la trace.",
            ),
            right("L’ouvrir à qui donne un motif, puis relire chaque usage avec le service."),
            tags=(ACCOUNTS,),
            difficulty=HARD,
        ),
        single(
            "Un serveur est chiffré, ses journaux avec lui. Qu’est-ce qui les aurait sauvés ?",
            "Un témoin doit être ailleurs au moment des faits.",
            wrong(
                "Une durée de conservation plus longue sur le serveur.",
                "Plus de journaux auraient été chiffrés.",
            ),
            right("Leur envoi continu vers un collecteur séparé."),
            wrong(
                "Leur copie chaque nuit sur un partage du domaine.",
                "Le partage est à portée du même compte, et il manquerait la nuit décisive.",
            ),
            tags=(LOGS,),
            difficulty=EASY,
        ),
        multiple(
            "Quels événements méritent de réveiller l’astreinte ?",
            "Rares, graves, proches de l’attaque : ceux-là se lisent à toute heure.",
            right("La suppression de sauvegardes hors procédure."),
            wrong(
                "Chaque mot de passe mal tapé au poste de soins.",
                "À 7 heures, tout le monde en tape un de travers. C’est le nombre inhabituel qui "
                "compte.",
            ),
            right("Un ajout imprévu au groupe des administrateurs."),
            wrong(
                "Chaque correctif disponible.",
                "Cela se trie le matin, sauf faille déjà exploitée.",
            ),
            tags=(LOGS,),
        ),
        true_false(
            "Deux horloges décalées de dix minutes peuvent brouiller une enquête.",
            "L’ordre des faits se lit dans les heures. Une source de temps commune coûte peu.",
            is_true=True,
            tags=(LOGS,),
        ),
        single(
            "Six heures de mode dégradé aux urgences, puis tout est restauré. Aucune donnée n’a "
            "fui. Faut-il déclarer ?",
            "Ce qui touche les soins est grave, même réparé. Et le récit peut épargner un autre "
            "hôpital.",
            right("Oui : la gravité se juge à l’effet sur les soins."),
            wrong(
                "Non : tout fonctionne de nouveau et l’équipe a réparé seule.",
                "La réparation ne change pas ce qui s’est passé.",
            ),
            wrong(
                "Non : sans fuite de données, rien à déclarer.",
                "La fuite relève d’une autre obligation, envers la CNIL, qui s’ajoute.",
            ),
            tags=(LOGS,),
            difficulty=HARD,
        ),
    ),
)

MODULE = ModuleText(
    slug="sauvegardes-cloisonnement-correctifs-comptes",
    title="Sauvegardes, cloisonnement, correctifs et comptes",
    summary="Pour les équipes numériques et biomédicales : ce qui décide d’une reprise, et les "
    "compromis d’un hôpital.",
    objectives=html(
        """
        <ul>
            <li>Mettre une sauvegarde hors d’atteinte et prouver qu’elle revient</li>
            <li>Isoler un dispositif médical que l’on ne peut corriger</li>
            <li>Donner à chaque compte un nom, un niveau et une fin</li>
            <li>Garder des journaux qui servent le jour venu</li>
        </ul>
        """
    ),
    duration_minutes=10,
    pass_mark=75,
    audiences=("numerique",),
    lessons=(RESTORE, UNPATCHABLE, ENDINGS, WITNESSES),
    quiz=QUIZ,
)
