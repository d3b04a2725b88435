"""Things to find in the pictures of `starter.assets`, for the modules to take."""

from __future__ import annotations

from starter.content.schema import area, hotspot

WARD_DESK = hotspot(
    "Le poste de soins, 3 h 10",
    "Vous passez devant un poste de soins vide. Cochez ce que vous mettriez en sûreté.",
    "ward-desk",
    area(
        "Une tasse, loin du clavier",
        "Rien à craindre pour les données.",
        at=(88, 66, 7, 9),
        is_right=False,
    ),
    area(
        "Un écran ouvert sur un dossier, personne devant",
        "Qui passe peut lire, ou tracer un soin au nom d’un autre. On verrouille, sans rien lire.",
        at=(20, 29, 31, 37),
        is_right=True,
    ),
    area(
        "Le téléphone",
        "Il est à sa place. C’est lui qui sert à prévenir quand l’écran ne répond plus.",
        at=(9, 63, 13, 11),
        is_right=False,
    ),
    area(
        "Une clé USB que personne ne réclame",
        "On ne la branche pas, même pour trouver à qui elle est : l’informatique s’en charge.",
        at=(77, 67, 11, 8),
        is_right=True,
    ),
    area(
        "Un papier jaune au bord de l’écran : « session Soins2! »",
        "Affiché, un mot de passe ouvre à tous. On le change, et un coffre-fort le retient.",
        at=(51, 54, 10, 15),
        is_right=True,
    ),
    area(
        "Une carte professionnelle dans le lecteur",
        "Elle agit au nom de quelqu’un qui n’est pas là. On la retire et on la lui remet en main "
        "propre.",
        at=(64, 60, 11, 14),
        is_right=True,
    ),
    area(
        "Trois classeurs sur l’étagère",
        "Ils sont fermés et sans nom au dos : c’est là que l’on cherche la marche à suivre.",
        at=(69, 26, 11, 12),
        is_right=False,
    ),
)

RECEPTION = hotspot(
    "À l’accueil",
    "Regardez ce hall comme si vous y arriviez. Cochez ce qui demande un geste.",
    "reception",
    area(
        "Le panneau qui indique l’accueil",
        "Il guide les visiteurs et ne dit rien d’un patient.",
        at=(35, 8, 27, 17),
        is_right=False,
    ),
    area(
        "Quelqu’un avec une mallette, sans badge, dans l’accès technique",
        "On va vers lui et on demande, poliment : « Je peux vous aider ? » Puis on l’accompagne "
        "à l’accueil.",
        at=(13, 39, 15, 48),
        is_right=True,
    ),
    area(
        "Un écran tourné vers le public, un dossier affiché",
        "Un nom et un motif d’hospitalisation s’y lisent. On le tourne, ou l’on demande un filtre.",
        at=(33, 46, 13, 19),
        is_right=True,
    ),
    area(
        "L’agent d’accueil, badge visible",
        "C’est ce que l’on attend de chacun.",
        at=(50, 55, 6, 10),
        is_right=False,
    ),
    area(
        "Une porte fermée, avec son lecteur de badge",
        "Fermée, elle fait son travail. On ne la tient pas ouverte pour un inconnu.",
        at=(77, 24, 21, 62),
        is_right=False,
    ),
    area(
        "Un dossier en papier ouvert sur le comptoir",
        "Le papier se lit et se photographie aussi. On le ferme dès que l’on n’écrit plus.",
        at=(61, 59, 15, 9),
        is_right=True,
    ),
    area(
        "Les sièges des visiteurs",
        "Personne n’y a oublié de papier ni de sac.",
        at=(36, 88, 28, 10),
        is_right=False,
    ),
)
