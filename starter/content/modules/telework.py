"""« Télétravail, téléphones, clés USB et appareils connectés »: four lessons and the final quiz."""

from __future__ import annotations

from starter.content.schema import (
    EASY,
    HARD,
    STAFF,
    LessonText,
    ModuleText,
    QuizText,
    ask_first,
    case,
    ending,
    gestures,
    html,
    key_message,
    misconception,
    multiple,
    ordering,
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
HOME, PHONE, KEYS, DEVICES = "télétravail", "téléphone", "clé USB", "appareil connecté"

OUTSIDE = LessonText(
    slug="travailler-hors-de-l-hopital",
    title="Travailler hors de l’hôpital",
    summary="À la maison ou dans le train, le secret des patients voyage avec vous.",
    body=(
        text(
            """
            <p>Le courrier d’un patient s’écrit aussi bien à la table de la cuisine. Il suffit
            d’emporter trois habitudes.</p>
            <ul>
                <li><b>Le matériel de l’hôpital</b> pour le travail de l’hôpital : il est protégé
                et suivi. L’ordinateur familial ne l’est pas.</li>
                <li><b>L’accès à distance prévu</b>, souvent appelé VPN : un passage vers l’hôpital
                où nul autre ne peut lire. Hors de chez vous, préférez le partage de connexion de
                votre téléphone au Wi-Fi de la gare.</li>
                <li><b>Une bulle</b> : écran tourné, session verrouillée, et pas de nom de patient
                au téléphone dans le train. À la maison, personne d’autre n’utilise l’ordinateur,
                pas même pour un devoir.</li>
            </ul>
            <p>Un document à finir ? Il reste dans les dossiers de l’hôpital. Envoyé sur votre
            boîte personnelle, il sort de toute protection.</p>
            """
        ),
    ),
)

POCKET = LessonText(
    slug="le-telephone-dans-la-poche",
    title="Le téléphone dans la poche",
    summary="Le vôtre ou celui du service : à jour, fermé, et signalé s’il disparaît.",
    body=(
        text(
            """
            <h3>Les mises à jour</h3>
            <p>Une mise à jour referme souvent des failles, c’est-à-dire des entrées que d’autres
            connaissent déjà. Acceptez-la le jour même, à un moment calme, sur le chargeur. Sur le
            matériel de l’hôpital, l’informatique s’en charge : laissez-le allumé et redémarrez
            quand on vous le demande.</p>
            <h3>Un code, et peu d’applications</h3>
            <p>Six chiffres au moins, ou l’empreinte, et le verrouillage automatique. N’installez
            que ce qui vient du magasin officiel, et rien sur l’appareil du service sans
            accord.</p>
            <h3>Perdu ou volé</h3>
            <p>S’il donne accès à l’hôpital, appelez l’informatique ou l’astreinte : l’accès peut
            être coupé à distance, parfois l’appareil effacé. Avant de chercher sous le canapé, pas
            après.</p>
            """
        ),
        key_message(
            "Un appareil verrouillé et à jour sait se taire.",
            "<p>Même oublié dans un taxi. Vous, dites-le vite.</p>",
        ),
    ),
)

KEY = LessonText(
    slug="la-cle-que-personne-n-a-perdue",
    title="La clé que personne n’a perdue",
    summary="Clés USB, disques, câbles : ce qui se branche, ce qui se remet, ce qui se demande.",
    body=(
        case(
            "Une clé au parking du personnel",
            """
            <p>Exemple. Un brancardier ramasse une clé étiquetée « Primes ». Il voudrait la rendre,
            il faudrait donc l’ouvrir pour savoir à qui. Il hésite, puis la dépose à
            l’informatique, qui l’examine sur un poste isolé. Dedans, un faux tableau qui
            installait un programme espion. Le lendemain, l’équipe prévient tous les services et
            remercie le brancardier.</p>
            """,
        ),
        misconception(
            "L’antivirus est à jour, je peux bien regarder ce qu’il y a dessus.",
            "Un antivirus arrête surtout ce qu’il connaît. Et certaines fausses clés se font "
            "passer pour un clavier : à peine branchées, elles tapent des ordres toutes seules.",
        ),
        sorting(
            "Brancher ou pas ?",
            "Devant chaque objet, que feriez-vous ?",
            ask_first(
                "Lire le CD d’imagerie qu’apporte une patiente.",
                "Il sert au soin, et il se lit. Mais là où votre hôpital l’a prévu : souvent en "
                "imagerie, sur un poste qui vérifie d’abord.",
            ),
            risky(
                "Brancher la clé offerte à un congrès, juste pour voir.",
                "Vous ne savez pas où elle est passée avant vous. La plaquette existe sur papier.",
            ),
            safe(
                "Emporter un exposé sur la clé chiffrée remise par l’informatique.",
                "Elle est faite pour cela. Perdue, elle reste illisible.",
            ),
            risky(
                "Recharger une cigarette électronique sur le poste.",
                "Sa prise USB peut aussi échanger des données. Un chargeur mural fait l’affaire.",
            ),
            ask_first(
                "Brancher un clavier acheté pour remplacer celui qui est cassé.",
                "Sans doute inoffensif, mais l’informatique en a souvent en réserve, et elle sait "
                "ce qui convient au poste.",
            ),
        ),
    ),
)

DEVICE = LessonText(
    slug="un-appareil-de-soin-se-comporte-bizarrement",
    title="Un appareil de soin se comporte bizarrement",
    summary="Pompe, moniteur, échographe : les appareils aussi sont des ordinateurs. Puis le quiz.",
    body=(
        text(
            """
            <p>Beaucoup d’appareils de soin sont reliés au réseau. Leurs mises à jour passent par
            l’<b>ingénieur biomédical</b>, avec le fabricant : on ne les lance pas soi-même, et on
            n’y branche ni téléphone ni clé. Si l’un d’eux change de comportement, c’est le plus
            souvent une panne. Panne ou attaque, le geste est le même : protéger le patient, puis
            appeler.</p>
            """
        ),
        scenario(
            "La pompe de la chambre 7",
            "4 h 10. Une pompe à perfusion affiche un débit que vous n’avez pas réglé.",
            step(
                "bed",
                "Au lit du patient",
                "Le patient dort. L’écran clignote. Par quoi commencez-vous ?",
                way(
                    "J’éteins et je rallume la pompe pour voir.",
                    "La perfusion s’interrompt, puis le débit revient ; le message, lui, a "
                    "disparu. Le patient va bien. Une autre pompe prend le relais.",
                    "erased",
                ),
                way(
                    "Je regarde le patient et je sécurise la perfusion selon le protocole.",
                    "Il va bien. La perfusion continue sur une pompe de remplacement.",
                    "pump",
                ),
            ),
            step(
                "pump",
                "La pompe écartée",
                "Elle n’est plus reliée à personne, l’écran clignote toujours.",
                way(
                    "Je la mets de côté allumée, avec un mot : ne pas utiliser.",
                    "Son étiquette porte un numéro, que vous notez avec l’heure.",
                    "call",
                ),
                way(
                    "Je la remets à sa place dans la réserve.",
                    "La collègue de la chambre 9 cherche justement une pompe.",
                    "reused",
                ),
            ),
            step(
                "erased",
                "Un message disparu",
                "Il reste votre mémoire : l’heure, le débit lu, le redémarrage.",
                way(
                    "Elle marche de nouveau, je n’en parle pas.",
                    "La pompe repart dans le service.",
                    "reused",
                ),
                way(
                    "Je note tout et j’appelle le biomédical.",
                    "L’ingénieur d’astreinte vous remercie de lui dire aussi le redémarrage.",
                    "partial",
                ),
            ),
            step(
                "call",
                "L’appel",
                "Qui prévenez-vous ?",
                way(
                    "L’astreinte biomédicale, puis le cadre de nuit.",
                    "Deux services ont décrit la même chose cette nuit.",
                    "understood",
                ),
                way(
                    "J’écris dans le cahier, le jour s’en occupera.",
                    "L’équipe de jour appelle à 9 heures.",
                    "late",
                ),
            ),
            ending(
                "understood",
                "Compris à temps",
                "Patient en sécurité, appareil intact, appel immédiat : le biomédical et "
                "l’informatique relient les deux cas et retirent les pompes concernées.",
                "good",
            ),
            ending(
                "late",
                "Cinq heures plus tard",
                "Le patient était en sécurité, c’est l’essentiel. Un appel de nuit aurait permis "
                "de prévenir l’autre service, qui voyait la même chose.",
                "mixed",
            ),
            ending(
                "partial",
                "Une partie des traces",
                "Redémarrer est un réflexe naturel, mais il interrompt le soin et il efface. Vous "
                "l’avez dit : l’ingénieur sait où chercher.",
                "mixed",
            ),
            ending(
                "reused",
                "La pompe ressert",
                "Un appareil douteux sans étiquette sera repris par un collègue. Il n’est jamais "
                "trop tard : appelez, on le retrouvera grâce à son numéro.",
                "bad",
            ),
        ),
        gestures(
            "Je remets la clé inconnue à l’informatique, sans la brancher.",
            "Je travaille avec du matériel tenu à jour, et je signale aussitôt sa perte.",
            "Je protège le patient, puis j’appelle le biomédical si un appareil m’étonne.",
        ),
    ),
)

QUIZ = QuizText(
    title="Télétravail, téléphones, clés USB et appareils connectés : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "Vendredi soir, un compte rendu reste à finir chez vous. Comment l’emportez-vous ?",
            "Le document reste dans les dossiers de l’hôpital : vous le retrouvez par l’accès à "
            "distance, protégé et sauvegardé.",
            wrong(
                "Je me l’envoie sur ma boîte personnelle, avec un mot de passe dans le message.",
                "Le document sort de l’hôpital, et sa clé voyage avec lui.",
            ),
            wrong(
                "Je le copie sur une clé que j’ai à la maison.",
                "Une clé ordinaire perdue dans la rue se lit sans effort.",
            ),
            right("Je ne l’emporte pas : je l’ouvre par l’accès à distance."),
            tags=(HOME,),
            difficulty=EASY,
        ),
        single(
            "Dans le train, un collègue vous appelle au sujet d’une patiente. Votre réponse ?",
            "Le secret professionnel monte aussi dans le train : quelques minutes de patience le "
            "protègent.",
            wrong(
                "Je parle bas et je dis seulement le prénom.",
                "Un prénom, un service, une maladie : dans une petite ville, cela suffit.",
            ),
            wrong(
                "Je mets mes écouteurs, ainsi le voisin n’entend pas la conversation.",
                "Il n’entend plus votre collègue, mais il vous entend, vous.",
            ),
            right("Je le rappelle d’un endroit où l’on ne m’entend pas."),
            tags=(HOME,),
        ),
        true_false(
            "Prêter l’ordinateur de l’hôpital à son enfant pour un devoir est sans conséquence si "
            "l’on reste à côté.",
            "Un site, une pièce jointe, un jeu : un clic suffit, et personne ne peut tout voir. "
            "Cet ordinateur ouvre sur l’hôpital.",
            is_true=False,
            tags=(HOME,),
        ),
        multiple(
            "Vous travaillez une heure dans un café. Quels choix sont bons ?",
            "Voir, écouter, se connecter : ce sont les trois façons d’entrer dans votre bulle.",
            right("M’asseoir dos au mur, écran tourné vers moi."),
            wrong(
                "Laisser l’ordinateur ouvert pendant que je commande.",
                "Verrouillez-le et gardez-le avec vous : il disparaît en quelques secondes.",
            ),
            right("Utiliser le partage de connexion de mon téléphone, puis le VPN."),
            wrong(
                "Brancher mon ordinateur sur la borne USB de la table.",
                "On ignore ce qu’il y a derrière cette prise. Votre chargeur sur une prise "
                "électrique convient.",
            ),
            tags=(HOME,),
        ),
        true_false(
            "Une mise à jour du téléphone ne fait pas qu’ajouter des fonctions : elle corrige "
            "aussi des failles de sécurité.",
            "C’est même souvent sa première raison d’être. La repousser laisse une entrée ouverte "
            "que d’autres connaissent.",
            is_true=True,
            tags=(PHONE,),
            difficulty=EASY,
        ),
        single(
            "21 heures : vous avez laissé dans un taxi le téléphone où vous lisez la messagerie "
            "de l’hôpital. Que faites-vous d’abord ?",
            "Un accès coupé se rétablit. En attendant, plus aucun message n’arrive sur l’appareil, "
            "et l’informatique peut parfois l’effacer à distance.",
            wrong(
                "J’appelle la compagnie de taxis ; si elle ne l’a pas, je préviendrai demain.",
                "Appelez-la aussi, mais après : la nuit est longue.",
            ),
            right("J’appelle l’astreinte pour faire couper l’accès."),
            wrong(
                "Rien : il a un code.",
                "Le code retarde. Couper l’accès protège.",
            ),
            tags=(PHONE,),
        ),
        multiple(
            "Un collègue vous recommande une application pratique pour calculer des doses. Que "
            "vérifiez-vous avant de l’installer sur le téléphone du service ?",
            "Une application de soin se choisit avec la pharmacie et l’informatique : l’une "
            "garantit le calcul, l’autre la confidentialité.",
            wrong(
                "Le nombre d’étoiles dans le magasin.",
                "Elles disent qu’elle plaît, pas qu’elle calcule juste ni qu’elle se tait.",
            ),
            right("L’accord de l’informatique."),
            right("Sa validité pour le soin, avec la pharmacie ou le médecin."),
            wrong(
                "Sa gratuité.",
                "Une application gratuite peut vivre des données qu’elle recueille.",
            ),
            tags=(PHONE,),
            difficulty=HARD,
        ),
        true_false(
            "Une clé USB neuve, offerte sous emballage, peut être branchée sans crainte.",
            "L’emballage ne dit rien de ce que la clé contient ni de son trajet. Demandez à "
            "l’informatique.",
            is_true=False,
            tags=(KEYS,),
        ),
        single(
            "Vous trouvez une clé USB au pied de l’imprimante. Que faites-vous ?",
            "L’informatique peut l’ouvrir à l’écart du réseau, retrouver son propriétaire, et "
            "prévenir les autres si elle est piégée.",
            wrong(
                "Je la branche sur un vieux poste qui ne sert plus.",
                "Relié au réseau, un vieux poste est souvent le moins protégé de tous.",
            ),
            wrong(
                "Je la laisse où elle est : son propriétaire reviendra.",
                "Peut-être, ou bien un collègue la branchera.",
            ),
            right("Je la remets à l’informatique, en disant où elle était."),
            tags=(KEYS,),
            difficulty=EASY,
        ),
        single(
            "Un patient arrive d’un autre hôpital avec ses images sur un CD. Le médecin les "
            "attend. Quel est le bon chemin ?",
            "Ces images comptent pour le soin : il faut les lire vite, là où elles seront "
            "vérifiées.",
            wrong(
                "Refuser le CD : tout support extérieur est interdit.",
                "Le soin en a besoin. L’hôpital a un moyen de les lire, ou doit en avoir un.",
            ),
            right("Le lire là où l’hôpital l’a prévu, souvent en imagerie."),
            wrong(
                "Le glisser dans le poste de soins, puisqu’il vient d’un confrère.",
                "Un confrère peut transmettre un fichier piégé sans le savoir.",
            ),
            tags=(KEYS,),
        ),
        single(
            "L’échographe propose une mise à jour à l’écran. Que faites-vous ?",
            "Sur un appareil de soin, une mise à jour se valide avec le fabricant et se planifie "
            "hors des examens.",
            right("Je la reporte et je préviens le biomédical."),
            wrong(
                "Je l’accepte : une mise à jour protège.",
                "C’est vrai de votre téléphone. Ici, elle peut changer un réglage médical.",
            ),
            wrong(
                "Je débranche le câble réseau pour que la demande cesse.",
                "Les images n’iraient plus au dossier, et la question resterait entière.",
            ),
            tags=(DEVICES,),
        ),
        ordering(
            "Un moniteur affiche des valeurs que l’état du patient n’explique pas. Dans quel "
            "ordre agissez-vous ?",
            "Le patient, puis la continuité du soin, puis l’appareil, puis ceux qui cherchent "
            "la cause.",
            "Examiner le patient et suivre le protocole",
            "Poursuivre la surveillance avec un autre moniteur",
            "Écarter le premier moniteur avec un mot : « ne pas utiliser »",
            "Une fois l’appareil écarté, appeler le biomédical",
            tags=(DEVICES,),
        ),
        multiple(
            "Vous appelez l’astreinte biomédicale pour une pompe. Que lui dites-vous ?",
            "Des faits, dans l’ordre où vous les avez vus : c’est tout ce qu’il faut pour "
            "chercher.",
            right("L’heure et ce qui s’affichait."),
            right("Le numéro de l’étiquette."),
            right("Ce que j’ai fait, redémarrage compris."),
            wrong(
                "Que c’est sûrement un piratage.",
                "La cause se cherche ensuite, et c’est le plus souvent une panne. Vos faits "
                "valent mieux qu’une conclusion.",
            ),
            tags=(DEVICES,),
        ),
    ),
)

MODULE = ModuleText(
    slug="teletravail-telephones-cles-usb-appareils-connectes",
    title="Télétravail, téléphones, clés USB et appareils connectés",
    summary="Travailler ailleurs sans disperser le secret, ne rien brancher d’inconnu, réagir "
    "quand un appareil de soin se comporte bizarrement.",
    objectives=html(
        """
        <ul>
            <li>Travailler hors de l’hôpital par l’accès prévu, à l’abri des regards</li>
            <li>Garder un téléphone à jour et réagir à sa perte</li>
            <li>Savoir ce qui se branche, ce qui se remet, ce qui se demande</li>
            <li>Protéger le patient quand un appareil de soin surprend</li>
        </ul>
        """
    ),
    duration_minutes=9,
    pass_mark=75,
    audiences=STAFF,
    lessons=(OUTSIDE, POCKET, KEY, DEVICE),
    quiz=QUIZ,
)
