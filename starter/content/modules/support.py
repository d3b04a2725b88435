"""« Fonctions support : factures, standard et travaux »: three lessons and the final quiz."""

from __future__ import annotations

from starter.content.schema import (
    EASY,
    HARD,
    LessonText,
    ModuleText,
    QuizText,
    ask_first,
    case,
    clue,
    ending,
    gestures,
    harmless,
    html,
    key_message,
    mail,
    matching,
    misconception,
    multiple,
    plain,
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

# What each question is about: two of each are drawn.
BANKING, CALLS, VISITORS, BUILDINGS = "coordonnées bancaires", "téléphone", "visiteurs", "bâtiments"

NEW_ACCOUNT = LessonText(
    slug="un-compte-bancaire-qui-change",
    title="Un compte bancaire qui change",
    summary="Fournisseur, collègue, directeur : le virement que l’on détourne.",
    body=(
        text(
            """
            <p>Celui qui veut l’argent de l’hôpital n’a pas besoin de forcer un serveur. Il lui
            suffit d’écrire à la bonne personne, au bon moment.</p>
            <ul>
                <li><b>Le fournisseur</b> : « voici notre nouveau RIB ». Le prochain paiement part
                chez un inconnu.</li>
                <li><b>L’agent</b> : « merci de verser ma paie sur ce compte ». Son vrai salaire ne
                l’attend plus.</li>
                <li><b>Le directeur</b> : « c’est confidentiel, je compte sur vous avant midi ».
                Une autorité, un secret, une heure limite : trois raisons de lever la main.</li>
            </ul>
            <h3>La règle des deux</h3>
            <p>Deux chemins : le changement reçu par courriel se confirme de vive voix, au numéro
            déjà connu. Deux personnes : celle qui modifie le compte n’est pas celle qui valide le
            paiement.</p>
            """
        ),
        mail(
            "Un fournisseur change de banque",
            "Marquez ce qui vous alerte. L’adresse connue de ce fournisseur finit par "
            "@medilinge.example.",
            clue(
                "sender",
                "Medilinge, service comptable",
                "Un tiret de plus : medi-linge.example n’est pas le nom que vous connaissez.",
                target="compta@medi-linge.example",
            ),
            harmless(
                "date",
                "vendredi, 19 h 12",
                "Un comptable peut travailler tard. L’heure ne prouve rien.",
            ),
            plain("Facture de novembre et nouveau RIB", "subject"),
            harmless(
                "text",
                "Veuillez trouver notre facture n° 4471, marché de blanchisserie.",
                "Le numéro et le marché sont exacts. Ils peuvent venir d’une boîte piratée : ils "
                "ne rendent le message ni suspect ni sûr.",
            ),
            clue(
                "text",
                "Notre banque ayant changé, tout règlement est à verser dès aujourd’hui sur le "
                "compte ci-joint.",
                "C’est la demande elle-même qui doit arrêter la main, aussi courtoise soit-elle.",
            ),
            clue(
                "text",
                "Nos lignes sont en travaux : répondez seulement par courriel.",
                "On vous ferme l’autre chemin, celui qui démasquerait la fraude.",
            ),
            plain("RIB-Medilinge.pdf", "attachment"),
            conclusion="Ne répondez pas. Appelez votre contact au numéro du marché, laissez "
            "l’ancien compte en place, prévenez votre responsable et l’informatique.",
        ),
        key_message(
            "Un RIB se confirme de vive voix.",
            "<p>Déjà payé ? Prévenez aussitôt votre responsable et le comptable public ou la "
            "banque : dans les premières heures, un virement peut parfois être rappelé.</p>",
        ),
    ),
)

SWITCHBOARD = LessonText(
    slug="au-bout-du-fil",
    title="Au bout du fil",
    summary="Standard, accueil, secrétariats : aider sans renseigner un inconnu.",
    body=(
        misconception(
            "Il connaissait le nom de la cadre et le jargon : il est de la maison.",
            "Un nom se trouve sur un site, un jargon s’apprend. D’autres appels ont pu "
            "préparer celui-ci. Ce qui rassure, c’est de rappeler à un numéro connu.",
        ),
        text(
            """
            <h3>Trois voix, une même réponse</h3>
            <ul>
                <li><b>Le confrère pressé</b> veut le nom et le portable du réanimateur de garde.
                Vous transmettez, on le rappellera.</li>
                <li><b>Le faux technicien</b> veut votre mot de passe ou la main sur votre écran.
                Vous raccrochez et composez le numéro habituel de l’informatique.</li>
                <li><b>Le proche inquiet</b> demande si une patiente est là. Elle a pu demander que
                sa présence reste secrète : suivez la consigne de votre établissement, et proposez
                qu’un soignant rappelle.</li>
            </ul>
            <p>Dites-le avec le sourire : « Je vous fais rappeler tout de suite. » Qui a de bonnes
            raisons accepte. Et si une urgence vitale s’annonce, passez l’appel au service : lui
            saura décider.</p>
            """
        ),
        scenario(
            "L’appel de 8 h 02",
            "Lundi, secrétariat. « Julien, du support informatique. Votre poste envoie des virus, "
            "je dois prendre la main. »",
            step(
                "call",
                "Au bout du fil",
                "Il connaît votre nom et celui de votre cadre.",
                way(
                    "Je demande à rappeler par le numéro habituel.",
                    "« Trop long, dans dix minutes tout le service est bloqué ! »",
                    "insist",
                ),
                way(
                    "Je le laisse prendre la main.",
                    "Une fenêtre s’ouvre, le pointeur bouge tout seul.",
                    "inside",
                ),
            ),
            step(
                "insist",
                "Il insiste",
                "La voix reste aimable, mais elle accélère.",
                way(
                    "Je lui donne mon identifiant, sans le mot de passe.",
                    "Un SMS arrive. Il vous demande le code qu’il contient.",
                    "code",
                ),
                way(
                    "Je raccroche et j’appelle l’informatique.",
                    "Il n’y a pas de Julien au support.",
                    "saved",
                ),
            ),
            step(
                "code",
                "Un code par SMS",
                "Six chiffres s’affichent sur votre téléphone.",
                way(
                    "Je garde le code, je raccroche et je préviens.",
                    "L’informatique change vos accès par prudence.",
                    "close",
                ),
                way(
                    "Je lui lis le code.",
                    "Il parle moins, il tape beaucoup.",
                    "inside",
                ),
            ),
            step(
                "inside",
                "Quelqu’un dans la session",
                "Quelque chose vous gêne, sans que vous sachiez quoi.",
                way(
                    "Je le laisse finir, pour ne pas le vexer.",
                    "« Merci, tout est réglé. » Il raccroche.",
                    "gone",
                ),
                way(
                    "Je coupe le réseau du poste et j’appelle l’informatique.",
                    "Le pointeur s’arrête net.",
                    "cut",
                ),
            ),
            ending(
                "saved",
                "Une minute bien employée",
                "Les autres secrétariats sont prévenus avant son prochain appel.",
                "good",
            ),
            ending(
                "close",
                "Arrêté à la dernière marche",
                "Le code était la clé. Votre appel ferme la porte qu’il avait commencé à pousser.",
                "mixed",
            ),
            ending(
                "cut",
                "Coupé à temps, ou presque",
                "Il a vu des choses, pas tout. Vous l’avez dit aussitôt : on sait où chercher, et "
                "c’est beaucoup.",
                "mixed",
            ),
            ending(
                "gone",
                "Un doute gardé pour soi",
                "Il reviendra par la porte qu’il s’est laissée. Un doute se dit même le lendemain "
                ": l’informatique peut encore la fermer.",
                "bad",
            ),
        ),
    ),
)

WORKS = LessonText(
    slug="badges-visiteurs-et-travaux",
    title="Badges, visiteurs et travaux",
    summary="Chauffage, ascenseurs, portes : les bâtiments aussi sont connectés. Puis le quiz.",
    body=(
        case(
            "La chaufferie, un vendredi soir",
            """
            <p>Exemple. Pour surveiller la chaufferie à distance, un prestataire a posé un petit
            boîtier relié à Internet, sans le dire. Des mois plus tard, un inconnu l’a trouvé et
            s’en sert : 16 degrés en gériatrie. L’agent technique repasse en commande manuelle,
            puis appelle l’informatique, qui coupe le boîtier dans l’heure. Depuis, tout
            branchement figure au plan de prévention, signé avec chaque entreprise.</p>
            """,
        ),
        text(
            """
            <p>Chauffage, traitement d’air, ascenseurs, contrôle des portes : un même système les
            pilote, la <b>gestion technique des bâtiments</b>. S’il s’arrête, un bloc opératoire
            peut s’arrêter aussi. Avant des travaux, demandez à l’informatique ce qui se branchera,
            et comment on passe en manuel.</p>
            """
        ),
        sorting(
            "Une matinée aux services techniques",
            "Rangez chaque situation comme si vous y étiez.",
            risky(
                "Tenir la porte du local technique à un ouvrier sans badge, les bras chargés.",
                "La politesse, c’est de l’accompagner à l’accueil pour qu’il reçoive le sien.",
            ),
            ask_first(
                "L’ascensoriste veut relier son portable à la baie informatique.",
                "Il en a peut-être besoin. L’informatique lui ouvrira un accès à part.",
            ),
            safe(
                "Accompagner le visiteur jusqu’au service qui l’attend.",
                "Il trouve son chemin, et personne ne se promène.",
            ),
            ask_first(
                "Laisser le fournisseur dépanner la climatisation à distance.",
                "C’est courant, et utile. Que l’accès soit ouvert pour lui, puis refermé.",
            ),
            risky(
                "Garder le mot de passe d’origine d’un automate, c’est dans la notice.",
                "La notice est aussi sur Internet. Faites-le changer à la réception.",
            ),
            safe(
                "Reprendre le badge le dernier jour du chantier.",
                "Et le faire désactiver : un badge non rendu ouvre encore.",
            ),
        ),
        gestures(
            "Je confirme tout nouveau compte bancaire au numéro que je connaissais déjà.",
            "Je fais rappeler l’inconnu au lieu de le renseigner.",
            "Je demande avant qu’un prestataire branche quoi que ce soit.",
        ),
    ),
)

QUIZ = QuizText(
    title="Factures, standard et travaux : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "Un fournisseur connu annonce par courriel un nouveau compte. Quelle vérification "
            "suffit avant de l’enregistrer ?",
            "Seul un chemin que le fraudeur ne tient pas permet de vérifier.",
            wrong(
                "Comparer le logo et la signature avec ceux de ses anciens courriels.",
                "Ils se copient en une minute depuis une vraie facture.",
            ),
            wrong(
                "Répondre au message pour demander confirmation.",
                "Si la boîte est piratée, c’est le fraudeur qui confirmera.",
            ),
            right("Appeler mon contact au numéro du marché."),
            tags=(BANKING,),
            difficulty=EASY,
        ),
        single(
            "À la paie, un courriel signé d’une collègue demande de verser son salaire sur un "
            "nouveau compte. Quelle est la bonne suite ?",
            "Un appel d’une minute évite à une collègue un mois sans salaire.",
            right("J’appelle la collègue au numéro de l’annuaire."),
            wrong(
                "Je vérifie que le RIB joint est bien à son nom, puis je l’enregistre.",
                "Un faux RIB porte le nom que l’on veut y écrire.",
            ),
            wrong(
                "J’attends un second message qui confirme.",
                "Le second viendrait du même endroit que le premier.",
            ),
            tags=(BANKING,),
        ),
        multiple(
            "« Le directeur » vous écrit : un virement confidentiel, avant midi, n’en parlez à "
            "personne. Qu’est-ce qui doit vous arrêter ?",
            "La fraude isole et presse. Une vraie consigne de la direction supporte une "
            "vérification.",
            right("Le secret demandé."),
            right("La procédure habituelle contournée."),
            wrong(
                "Le fait qu’un directeur écrive lui-même.",
                "Cela arrive. C’est ce qu’il demande, et comment, qui alerte.",
            ),
            right("L’heure limite."),
            tags=(BANKING,),
        ),
        true_false(
            "Si un virement est parti vers un faux compte, prévenir dans l’heure peut encore "
            "servir.",
            "Dans les premières heures, la banque peut parfois rappeler les fonds. Dites-le à "
            "votre responsable sans chercher d’abord à comprendre.",
            is_true=True,
            tags=(BANKING,),
        ),
        single(
            "Minuit au standard : « Docteur Martin, de l’hôpital voisin. Le portable du "
            "réanimateur de garde, vite. » Que répondez-vous ?",
            "L’appel aboutit, le numéro reste à l’hôpital. Un vrai confrère obtient ce qu’il "
            "voulait : parler au médecin.",
            wrong(
                "Je donne le portable : un patient est peut-être en jeu.",
                "Le patient sera aussi bien servi par un appel transféré.",
            ),
            right("Je transmets l’appel au service, sans donner le portable."),
            wrong(
                "Je refuse et je raccroche : c’est sûrement un imposteur.",
                "Ce peut être un vrai confrère. On l’aide sans le renseigner.",
            ),
            tags=(CALLS,),
        ),
        true_false(
            "Un appel dont le numéro affiché est celui de l’informatique vient à coup sûr de "
            "l’informatique.",
            "Un numéro affiché peut être imité. Raccrochez et composez vous-même le numéro "
            "habituel.",
            is_true=False,
            tags=(CALLS,),
        ),
        single(
            "Une voix émue demande dans quelle chambre se trouve sa sœur. Quelle réponse convient "
            "?",
            "Une patiente peut avoir demandé que sa présence reste secrète, et une voix émue ne "
            "prouve pas une parenté.",
            wrong(
                "Je lui donne la chambre : elle est de la famille.",
                "Vous n’en savez rien, et la famille est parfois ce dont on se protège.",
            ),
            right("Je suis la consigne et je propose qu’un soignant rappelle."),
            wrong(
                "Je réponds que sa sœur est bien là, sans la chambre.",
                "Dire qu’elle est là, c’est déjà renseigner.",
            ),
            tags=(CALLS,),
            difficulty=HARD,
        ),
        matching(
            "À chaque appel sa réponse.",
            "Chaque réponse aide, et aucune ne donne ce que l’inconnu cherchait.",
            ("« Votre mot de passe, pour la mise à jour »", "Raccrocher, rappeler l’informatique"),
            ("« Qui est de garde en réanimation ? »", "Transmettre, faire rappeler"),
            ("« Je livre le laboratoire, quel code à la porte ? »", "Le guider vers l’accueil"),
            distractors=("Donner le renseignement, mais une seule fois",),
            tags=(CALLS,),
        ),
        single(
            "Un homme en gilet de chantier attend devant le local informatique : « On m’a dit de "
            "passer, vous m’ouvrez ? » Que faites-vous ?",
            "Un gilet s’achète. À l’accueil, son nom figure sur la liste des interventions, ou "
            "quelqu’un viendra le chercher.",
            wrong(
                "Je lui ouvre et je reste un moment avec lui.",
                "Rester ne dit pas ce qu’il vient brancher ni qui l’a demandé.",
            ),
            wrong(
                "Je lui dis que je n’ai pas la clé et je passe mon chemin.",
                "Le prochain lui ouvrira peut-être, et lui perd son temps s’il est attendu.",
            ),
            right("Je l’accompagne à l’accueil, qui vérifie."),
            tags=(VISITORS,),
            difficulty=EASY,
        ),
        true_false(
            "Un badge de prestataire peut rester actif entre deux chantiers : il resservira.",
            "Un badge qui ouvre sans raison ouvre aussi à celui qui l’a trouvé. On le réactive en "
            "une minute quand le chantier reprend.",
            is_true=False,
            tags=(VISITORS,),
        ),
        multiple(
            "Vous recevez un visiteur pour une heure. Quels gestes le mettent à l’aise et vous "
            "protègent ?",
            "Attendu, accompagné, raccompagné : c’est de l’accueil autant que de la sécurité.",
            right("Prévenir l’accueil de sa venue."),
            right("Aller le chercher et le raccompagner."),
            wrong(
                "Lui prêter mon badge pour la machine à café.",
                "Votre badge ouvre bien plus que le couloir du café, et à votre nom.",
            ),
            wrong(
                "Lui laisser mon poste ouvert pour montrer ses documents.",
                "Il verrait vos dossiers, et son support pourrait apporter un intrus.",
            ),
            tags=(VISITORS,),
        ),
        single(
            "Un prestataire installe une sonde de température et veut « juste une prise réseau ». "
            "Quelle est la bonne réponse ?",
            "Une sonde est un petit ordinateur. L’informatique lui donne un réseau à part, sans "
            "porte vers les dossiers.",
            right("D’accord, après l’avis de l’informatique."),
            wrong(
                "D’accord : une sonde ne contient pas de données de patients.",
                "Elle n’en contient pas, mais elle peut servir de marche pour en atteindre.",
            ),
            wrong(
                "Non : rien de connecté n’entre dans l’hôpital.",
                "Elle protège peut-être les vaccins du réfrigérateur. On la branche bien, c’est "
                "tout.",
            ),
            tags=(BUILDINGS,),
        ),
        true_false(
            "Un système de chauffage connecté peut être une affaire de sécurité des soins.",
            "Température, traitement d’air, portes : un bloc ou une chambre stérile en dépendent.",
            is_true=True,
            tags=(BUILDINGS,),
            difficulty=EASY,
        ),
        multiple(
            "Vous réceptionnez un système de portes à badge. Que demandez-vous avant de signer ?",
            "Ce qui n’est pas demandé à la réception se retrouve des années plus tard, un soir de "
            "panne.",
            right("Le changement des mots de passe d’origine."),
            right("La liste des accès à distance, et qui les ouvre."),
            wrong(
                "Un accès permanent du fournisseur, pour ne plus s’en occuper.",
                "Un accès toujours ouvert l’est aussi pour celui qui piraterait le fournisseur.",
            ),
            right("La façon d’ouvrir à la main en cas de panne."),
            tags=(BUILDINGS,),
            difficulty=HARD,
        ),
    ),
)

MODULE = ModuleText(
    slug="fonctions-support-factures-standard-travaux",
    title="Fonctions support : factures, standard et travaux",
    summary="Un compte bancaire qui change, un appel trop curieux, un prestataire qui veut une "
    "prise : aider sans ouvrir la porte.",
    objectives=html(
        """
        <ul>
            <li>Confirmer un changement de compte par un chemin sûr</li>
            <li>Répondre à un inconnu sans le renseigner ni le rudoyer</li>
            <li>Donner à chaque visiteur un badge et quelqu’un qui l’accompagne</li>
            <li>Penser aux systèmes des bâtiments avant les travaux</li>
        </ul>
        """
    ),
    duration_minutes=10,
    pass_mark=75,
    audiences=("support",),
    lessons=(NEW_ACCOUNT, SWITCHBOARD, WORKS),
    quiz=QUIZ,
)
