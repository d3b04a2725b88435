"""« Rançongiciel : les premières minutes »: four lessons and the final quiz."""

from __future__ import annotations

from starter.content.schema import (
    EASY,
    HARD,
    STAFF,
    LessonText,
    ModuleText,
    QuizText,
    case,
    ending,
    gestures,
    html,
    key_message,
    misconception,
    moment,
    multiple,
    ordering,
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

KNOW, ISOLATE, ALERT, PAPER = "reconnaître", "isoler", "alerter", "mode dégradé"

WHAT = LessonText(
    slug="un-rancongiciel-c-est-quoi",
    title="Un rançongiciel, c’est quoi ?",
    summary="Comment il entre, à quoi on le reconnaît, pourquoi on ne paie pas.",
    body=(
        text(
            """
            <p>Un rançongiciel est un programme malveillant. Il rend les fichiers illisibles,
            puis affiche : « Payez, et vous aurez la clé. » Souvent, ses auteurs ont aussi copié
            des données, qu’ils menacent de publier.</p>
            <p>Il entre par une pièce jointe, un mot de passe volé, un accès à distance, un
            logiciel qui n’est pas à jour. Pour qu’il se répande, il faut d’ordinaire plusieurs
            failles à la fois : chercher « celui qui a cliqué » n’aide personne.</p>
            <h3>À quoi le reconnaître</h3>
            <ul>
                <li>Un message de rançon à l’écran ou sur l’imprimante.</li>
                <li>Des fichiers qui changent de nom et ne s’ouvrent plus.</li>
                <li>Plusieurs postes qui ralentissent ensemble.</li>
            </ul>
            """
        ),
        misconception(
            "Si l’on paie, tout revient comme avant.",
            "Rien ne le garantit : la clé peut ne pas venir, ou ne pas marcher, et les données "
            "copiées le restent. Les autorités recommandent de ne pas payer. Et cela ne se décide "
            "jamais devant l’écran.",
        ),
    ),
)

NIGHT = LessonText(
    slug="a-3-h-du-matin-une-rancon",
    title="À 3 h du matin, une rançon",
    summary="Vous êtes de nuit. L’écran change. À vous de décider.",
    body=(
        scenario(
            "3 h 05, en chirurgie",
            "Vous êtes de nuit avec un aide-soignant, pour vingt-deux patients.",
            step(
                "screen",
                "L’écran",
                "L’ordinateur du poste de soins affiche : « Vos fichiers sont chiffrés. Payez. "
                "» Le poste voisin semble normal.",
                way(
                    "Je débranche le câble réseau et je laisse le poste allumé.",
                    "Le poste ne peut plus rien envoyer aux autres. Ses traces restent lisibles.",
                    "call",
                ),
                way(
                    "J’éteins le poste tout de suite.",
                    "Le réflexe se comprend. Il faudra le dire en appelant : des traces utiles "
                    "ont pu s’effacer.",
                    "call",
                ),
                way(
                    "Je continue sur le poste voisin.",
                    "Le poste touché reste relié au réseau. À 3 h 30, le voisin affiche le même "
                    "message.",
                    "late",
                ),
            ),
            step(
                "call",
                "L’alerte",
                "Qui prévenez-vous, et comment ?",
                way(
                    "J’appelle l’astreinte informatique par téléphone.",
                    "On vous croit, on vous guide, on prévient la direction de garde.",
                    "device",
                ),
                way(
                    "J’envoie un courriel au service informatique.",
                    "Personne ne lit sa boîte à 3 h. À 3 h 30, un deuxième poste est touché.",
                    "late",
                ),
            ),
            step(
                "late",
                "3 h 30",
                "Deux écrans sur trois affichent la rançon. L’aide-soignant propose d’attendre la "
                "relève.",
                way(
                    "J’appelle l’astreinte maintenant et je dis tout.",
                    "L’astreinte isole l’étage, avec le biomédical. Les autres services tiennent.",
                    "saved",
                ),
                way(
                    "J’attends : à 7 heures, ils sauront quoi faire.",
                    "Pendant plus de trois heures, les autres services continuent sans savoir.",
                    "spread",
                ),
            ),
            step(
                "device",
                "La console de surveillance",
                "La console qui regroupe les alarmes des moniteurs est reliée au réseau. Faut-il "
                "la débrancher ?",
                way(
                    "Je demande d’abord, et j’envoie l’aide-soignant dans les chambres.",
                    "L’astreinte et le biomédical décident. En attendant, on regarde les patients.",
                    "paper",
                ),
                way(
                    "Je la débranche, par précaution.",
                    "Les alarmes n’arrivent plus au poste. Il faut passer de chambre en chambre.",
                    "blind",
                ),
            ),
            step(
                "paper",
                "Les soins de 4 heures",
                "Les prescriptions ne s’ouvrent plus. Le service a un classeur pour le mode "
                "dégradé, c’est-à-dire pour travailler sans écran.",
                way(
                    "J’ouvre le classeur du mode dégradé et j’écris chaque soin.",
                    "Nom, date de naissance, heure, signature : tout pourra être repris.",
                    "good",
                ),
                way(
                    "Je fais de mémoire, on ressaisira demain.",
                    "Vous connaissez vos patients. Mais au matin, une dose manque, ou compte "
                    "double : nul ne sait.",
                    "memory",
                ),
            ),
            ending(
                "good",
                "La nuit a tenu",
                "Un poste isolé, une alerte rapide, des soins tracés. Ce n’est pas de l’héroïsme "
                ": c’est une procédure connue.",
                "good",
            ),
            ending(
                "memory",
                "L’alerte a tenu, pas les traces",
                "L’attaque est arrêtée, mais l’équipe de jour doit vérifier chaque patient. Le "
                "papier aurait évité ce doute.",
                "mixed",
            ),
            ending(
                "blind",
                "Des alarmes perdues",
                "Vous avez bien alerté. Mais un appareil qui participe au soin ne se débranche "
                "qu’après un appel.",
                "mixed",
            ),
            ending(
                "saved",
                "Tard, mais à temps",
                "L’étage est touché, l’hôpital non. Un appel tardif reste un bon appel.",
                "mixed",
            ),
            ending(
                "spread",
                "Tout l’hôpital sur papier",
                "Quatre services sont arrêtés. Attendre semblait raisonnable ; un appel à 3 h 05 "
                "aurait peut-être tout changé.",
                "bad",
            ),
        ),
    ),
)

THIRTY = LessonText(
    slug="les-trente-premieres-minutes",
    title="Les trente premières minutes",
    summary="Dans quel ordre agir, et pourquoi.",
    body=(
        text(
            """
            <p>Dans la surprise, on ne retient pas dix consignes. En voici cinq, à remettre en
            ordre.</p>
            """
        ),
        timeline(
            "De l’écran au papier",
            "Retrouvez l’ordre de ces actions.",
            moment(
                "Tout de suite",
                "Je regarde si l’appareil participe à un soin.",
                "Si oui, je n’y touche pas : j’appelle d’abord.",
            ),
            moment(
                "1re minute",
                "Ce n’est pas le cas : je coupe son réseau sans l’éteindre.",
                "Câble retiré ou Wi-Fi coupé, il ne contamine plus. Allumé, il garde ses traces.",
            ),
            moment(
                "3e minute",
                "Une fois le poste isolé, j’appelle l’astreinte informatique.",
                "Par téléphone : la messagerie peut être touchée.",
            ),
            moment(
                "10e minute",
                "Avec les consignes de l’astreinte, je préviens le cadre et l’équipe.",
                "Chacun sait quels postes ne pas toucher.",
            ),
            moment(
                "Avant la 30e",
                "L’équipe prévenue, nous passons sur papier.",
                "Le classeur ou la mallette du service dit comment.",
            ),
        ),
        key_message(
            "Je débranche, je n’éteins pas, j’appelle.",
            "<p>Un appareil participe à un soin ? J’appelle d’abord, sans y toucher. Et je ne paie "
            "pas, je ne réponds pas, je n’essaie pas de réparer.</p>",
        ),
    ),
)

DEGRADED_MODE = LessonText(
    slug="soigner-sur-papier",
    title="Soigner sur papier",
    summary="Identité, traces, rattrapage : tenir jusqu’au retour des écrans. Puis le quiz.",
    body=(
        text(
            """
            <p>Sans l’écran, plus de photo ni d’alerte d’allergie. L’<b>identitovigilance</b>,
            c’est-à-dire l’assurance de soigner la bonne personne, revient à vos questions.</p>
            <ul>
                <li><b>Qui</b> : faites dire le nom de naissance, le prénom, la date de
                naissance. Relisez le bracelet. Redemandez les allergies.</li>
                <li><b>Quoi</b> : une feuille par patient. L’heure du soin, le geste, votre nom
                lisible.</li>
                <li><b>À deux voix</b> : tout résultat reçu par téléphone est répété avant
                d’être écrit.</li>
                <li><b>Pour plus tard</b> : gardez chaque feuille au même endroit. Le rattrapage
                dans le dossier s’organise ; il ne se fait pas de mémoire.</li>
            </ul>
            <h3>À préparer un jour calme</h3>
            <p>Où est le classeur ? Les numéros utiles sont-ils écrits sur du papier ? Combien
            de feuilles vierges reste-t-il, et qui les renouvelle ? Reste-t-il un moyen de lire
            les dernières prescriptions, imprimées ou sur un poste de secours ? Dix minutes de
            réunion d’équipe y suffisent.</p>
            """
        ),
        case(
            "Deux madame Martin",
            """
            <p>Exemple. Dans un EHPAD sans écrans depuis la veille, deux résidentes
            s’appellent Martin. La feuille de l’une est glissée dans le dossier de l’autre.
            L’infirmière demande la date de naissance avant l’injection, et s’arrête. Depuis, la
            date est écrite en haut de chaque feuille.</p>
            """,
        ),
        gestures(
            "Je coupe le réseau sans éteindre, sauf si l’appareil soigne.",
            "J’appelle l’astreinte par téléphone, tout de suite.",
            "Sur papier, j’écris qui, quoi, quand, et je signe.",
        ),
    ),
)

QUIZ = QuizText(
    title="Rançongiciel : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        multiple(
            "Quels signes peuvent annoncer un rançongiciel ?",
            "Un seul suffit pour appeler. On ne vous demande pas d’être sûr.",
            wrong(
                "Le logiciel demande de changer un mot de passe arrivé à échéance.",
                "C’est souvent une règle normale. Vérifiez qu’elle vient bien de votre "
                "application.",
            ),
            right("Des fichiers changent de nom et ne s’ouvrent plus."),
            right("L’imprimante sort seule une page qui réclame de l’argent."),
            right("Plusieurs postes ralentissent au même moment."),
            tags=(KNOW,),
        ),
        single(
            "Que fait un rançongiciel aux fichiers de l’hôpital ?",
            "Ils sont toujours là, mais illisibles : c’est ce que l’on appelle le chiffrement.",
            wrong(
                "Il les efface pour de bon.",
                "Effacés, ils ne vaudraient plus rien à ses auteurs : c’est leur retour qu’ils "
                "veulent vendre.",
            ),
            right("Il les rend illisibles sans sa clé."),
            wrong(
                "Il les déplace vers un autre poste de l’hôpital.",
                "Ils restent à leur place, mais comme fermés à clé.",
            ),
            tags=(KNOW,),
            difficulty=EASY,
        ),
        true_false(
            "Payer la rançon garantit de retrouver les données.",
            "Personne ne le garantit, et les données copiées restent entre les mains des auteurs.",
            is_true=False,
            tags=(KNOW,),
            difficulty=EASY,
        ),
        single(
            "Le lendemain, on sait que tout a commencé par une pièce jointe ouverte par un "
            "collègue. Que lui dites-vous ?",
            "À lui seul, un clic arrête rarement un hôpital. Ce que l’on apprend de lui protège "
            "le prochain service.",
            wrong(
                "Rien : mieux vaut ne plus en parler.",
                "Le silence laisse seul celui qui s’en veut déjà, et l’équipe n’apprend rien.",
            ),
            wrong(
                "Qu’il aurait dû faire attention, comme tout le monde.",
                "Il le sait. Ce reproche apprendra surtout aux autres à se taire.",
            ),
            right("Que cela aurait pu arriver à chacun de nous."),
            tags=(KNOW,),
        ),
        single(
            "Le poste du bureau des infirmiers affiche une rançon. Que faites-vous de ce poste ?",
            "Sans réseau, il ne contamine plus. Allumé, il garde les traces qui aideront à "
            "comprendre.",
            wrong(
                "Je l’éteins en coupant la prise.",
                "Il se tait, mais des traces présentes en mémoire peuvent disparaître.",
            ),
            wrong(
                "Je le redémarre : cela règle souvent les problèmes.",
                "Pas celui-ci, et redémarrer peut lui permettre de continuer.",
            ),
            right("Je retire son câble réseau et je le laisse allumé."),
            tags=(ISOLATE,),
        ),
        single(
            "Une pompe à perfusion reliée au réseau affiche un message inhabituel. Que "
            "faites-vous d’abord ?",
            "Un appareil qui participe au soin ne se débranche pas de soi-même : le patient "
            "d’abord, puis l’appel.",
            right("Je surveille le patient et j’appelle avant d’y toucher."),
            wrong(
                "Je débranche son câble réseau, comme pour un ordinateur.",
                "Elle peut avoir besoin du réseau pour fonctionner ou pour alerter. On demande "
                "d’abord.",
            ),
            wrong(
                "Je l’arrête, le temps que quelqu’un vienne.",
                "Le traitement s’interromprait sans décision médicale.",
            ),
            tags=(ISOLATE,),
            difficulty=HARD,
        ),
        multiple(
            "En attendant que l’astreinte vous rappelle, que faites-vous près du poste touché ?",
            "On n’y touche plus, on empêche les autres d’y toucher, et l’on note ce que l’on a vu.",
            right("Je note l’heure et le message affiché."),
            wrong(
                "Je réponds au message, pour gagner du temps.",
                "Répondre dit aux auteurs que l’on est là. Parler avec eux, si cela se fait un "
                "jour, n’est pas votre charge.",
            ),
            right("Je mets une feuille : « Ne pas utiliser »."),
            wrong(
                "Je branche une clé USB pour sauver les fichiers du service.",
                "La clé serait touchée à son tour, puis le poste où vous la brancheriez.",
            ),
            tags=(ISOLATE,),
        ),
        true_false(
            "Couper le Wi-Fi d’un portable touché a le même but que retirer le câble d’un poste "
            "fixe.",
            "Dans les deux cas, on l’isole du réseau pour qu’il ne contamine pas les autres, sans "
            "l’éteindre.",
            is_true=True,
            tags=(ISOLATE,),
        ),
        single(
            "Par quel moyen donnez-vous l’alerte ?",
            "La voix passe même quand le réseau ne passe plus, et on est sûr d’avoir été entendu.",
            wrong(
                "Un courriel à tout l’hôpital.",
                "La messagerie peut être touchée, surveillée, ou simplement lue trop tard.",
            ),
            right("Le téléphone, au numéro de l’astreinte."),
            wrong(
                "Un mot dans le cahier de transmissions.",
                "Il sera lu à la relève : d’ici là, d’autres postes seront touchés.",
            ),
            tags=(ALERT,),
            difficulty=EASY,
        ),
        multiple(
            "Que dites-vous à l’astreinte ?",
            "Des faits, même incomplets. Ce que vous avez fait compte autant que ce que vous avez "
            "vu.",
            wrong(
                "Le nom de celui qui, selon vous, a commis l’erreur.",
                "Cela n’aide pas à réparer. L’enquête, s’il en faut une, viendra plus tard.",
            ),
            right("Ce que vous avez fait : cliqué, débranché, éteint."),
            right("Ce que cela change pour les patients."),
            right("Ce qui s’affiche, et depuis quelle heure."),
            tags=(ALERT,),
        ),
        true_false(
            "On peut réveiller l’astreinte sans être certain qu’il s’agit d’une attaque.",
            "Être certain, c’est son métier. Le vôtre est de dire ce que vous voyez, au plus tôt.",
            is_true=True,
            tags=(ALERT,),
        ),
        ordering(
            "Un poste de bureau affiche une rançon. Remettez ces actions dans l’ordre.",
            "S’assurer que l’appareil ne soigne personne, l’isoler, appeler, puis passer sur "
            "papier avec l’équipe.",
            "Vérifier que le poste ne participe pas à un soin",
            "Retirer son câble réseau sans l’éteindre",
            "Le poste isolé, téléphoner à l’astreinte",
            "Après cet appel, passer sur papier avec l’équipe",
            tags=(ALERT,),
        ),
        multiple(
            "Sur papier, que porte chaque feuille de soins ?",
            "Le patient sans doute possible, l’acte, l’heure, l’auteur : c’est ce que l’écran "
            "notait pour vous.",
            right("Le nom de naissance, le prénom et la date de naissance."),
            right("L’heure réelle du soin et votre nom lisible."),
            wrong(
                "Votre mot de passe, pour ressaisir plus vite ensuite.",
                "Jamais : la feuille circule. Vous ressaisirez avec votre accès.",
            ),
            wrong(
                "Seulement le numéro de chambre.",
                "Un patient change de chambre, et deux personnes peuvent la partager.",
            ),
            tags=(PAPER,),
        ),
        single(
            "Le laboratoire vous dicte un résultat au téléphone. Que faites-vous ?",
            "Répéter à voix haute rattrape une erreur d’écoute avant qu’elle ne devienne une "
            "décision.",
            wrong(
                "Je l’écris sur ma main, le temps d’arriver à la chambre.",
                "Elle s’efface ou se confond avec une autre. Écrivez-la sur la feuille du patient.",
            ),
            right("Je répète la valeur et l’identité, puis je l’écris avec l’heure."),
            wrong(
                "Je la transmets de vive voix, pour aller plus vite.",
                "Sans trace, la valeur peut se déformer d’un collègue à l’autre.",
            ),
            tags=(PAPER,),
        ),
        true_false(
            "Quand les écrans reviennent, chacun ressaisit de mémoire ce qu’il a fait.",
            "Le rattrapage suit les feuilles, avec l’heure réelle des soins, et s’organise avec "
            "l’encadrement.",
            is_true=False,
            tags=(PAPER,),
        ),
        single(
            "Sans dossier à l’écran, comment vous assurez-vous de l’identité avant une injection ?",
            "Le patient dit, vous comparez au bracelet et à la feuille. S’il ne peut pas parler, "
            "le bracelet et un proche ou un collègue aident.",
            right("Je fais dire nom et date de naissance, et je relis le bracelet."),
            wrong(
                "Je demande : « Vous êtes bien monsieur Durand ? »",
                "Fatigué ou mal appareillé, on répond oui à tout. Laissez le patient dire son nom.",
            ),
            wrong(
                "Je me fie au nom affiché sur la porte.",
                "Les patients changent de chambre plus vite que les étiquettes.",
            ),
            tags=(PAPER,),
        ),
    ),
)

MODULE = ModuleText(
    slug="rancongiciel-les-premieres-minutes",
    title="Rançongiciel : les premières minutes",
    summary="L’écran affiche une rançon : que faire, dans quel ordre, et comment soigner sur "
    "papier en attendant.",
    objectives=html(
        """
        <ul>
            <li>Reconnaître un rançongiciel et donner l’alerte par téléphone</li>
            <li>Isoler un poste sans l’éteindre, et savoir quand ne pas y toucher</li>
            <li>Soigner sur papier sans perdre ni l’identité ni les traces</li>
        </ul>
        """
    ),
    duration_minutes=9,
    pass_mark=75,
    audiences=STAFF,
    lessons=(WHAT, NIGHT, THIRTY, DEGRADED_MODE),
    quiz=QUIZ,
)
