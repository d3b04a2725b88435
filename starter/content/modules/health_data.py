"""« Données de santé et messagerie sécurisée »: four lessons and the final quiz."""

from __future__ import annotations

from starter.content.schema import (
    EASY,
    HARD,
    LessonText,
    ModuleText,
    QuizText,
    ask_first,
    case,
    commitment,
    do_dont,
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

CURIOSITY, CHANNEL, PICTURES, RECIPIENT = "curiosité", "messagerie", "photos", "destinataire"

READING = LessonText(
    slug="j-ouvre-parce-que-je-soigne",
    title="J’ouvre parce que je soigne",
    summary="Ce qui donne le droit de lire un dossier, et ce qui ne le donne pas.",
    body=(
        text(
            """
            <p>Une donnée de santé, ce n’est pas seulement un diagnostic. Un rendez-vous en
            cancérologie, une ordonnance oubliée, la présence d’un nom dans une liste d’entrées
            : tout cela dit déjà quelque chose de la santé de quelqu’un.</p>
            <p>Ce qui permet d’ouvrir un dossier, c’est la part que l’on prend aux soins ou à
            leur suivi administratif. Ni l’amitié, ni l’inquiétude, ni la célébrité du
            patient.</p>
            """
        ),
        misconception(
            "Si le logiciel m’ouvre le dossier, c’est que j’ai le droit de le lire.",
            "Le logiciel ouvre large, pour ne jamais retarder une urgence. Le droit, lui, tient à "
            "votre rôle auprès de ce patient. Et chaque ouverture laisse une trace.",
        ),
        case(
            "La collègue hospitalisée",
            """
            <p>Exemple. Une aide-soignante très aimée est admise en réanimation. En deux jours,
            onze collègues d’autres services ouvrent son dossier, par affection. À son retour,
            elle découvre que tout le monde sait. « Vous m’avez soignée avec cœur, dit-elle,
            mais j’aurais voulu choisir à qui le dire. » L’équipe convient d’une phrase simple :
            « Comment vas-tu ? »</p>
            """,
        ),
    ),
)

CHANNELS = LessonText(
    slug="le-bon-canal",
    title="Le bon canal",
    summary="Messagerie sécurisée, application grand public, photo : par où passe l’information.",
    body=(
        text(
            """
            <p>Une <b>messagerie sécurisée de santé</b> relie des professionnels identifiés : le
            message circule chiffré, l’annuaire dit à qui l’on écrit. Ces messageries forment
            ensemble l’espace de confiance MSSanté. Votre établissement vous dira laquelle est
            la vôtre.</p>
            <p>Une application de messagerie du téléphone, même chiffrée, protège le trajet.
            Mais des copies restent dans les téléphones et leurs sauvegardes, hors de l’hôpital,
            et personne ne pourra les effacer toutes.</p>
            <h3>Et les photos ?</h3>
            <p>Une plaie photographiée peut aider un soin. Le patient est d’accord, l’appareil
            et l’application sont ceux de l’établissement, l’image va dans le dossier. Avec un
            téléphone personnel, elle part aussi vers les photos de vacances.</p>
            """
        ),
        sorting(
            "Par où passe l’information",
            "Sans risque, risqué, ou à demander d’abord ?",
            safe(
                "J’envoie un compte rendu au médecin traitant par la messagerie sécurisée, "
                "l’adresse relue.",
                "Le bon canal et le bon destinataire : les deux comptent.",
            ),
            risky(
                "Je photographie une éruption avec mon téléphone pour l’interne de garde.",
                "Vous vouliez gagner du temps pour le patient. Demandez quel outil de "
                "l’établissement le permet.",
            ),
            ask_first(
                "Pour un cours, je voudrais montrer un scanner.",
                "Même sans nom, une image rare peut désigner quelqu’un. Le délégué à la "
                "protection des données, qui veille sur ces questions à l’hôpital, vous guidera.",
            ),
            risky(
                "J’ouvre le dossier de ma tante pour rassurer la famille.",
                "C’est à elle, ou à l’équipe qui la soigne avec son accord, de donner des "
                "nouvelles.",
            ),
            safe(
                "Je donne les transmissions porte fermée.",
                "Le secret se garde aussi avec une porte.",
            ),
            ask_first(
                "Un confrère inconnu demande un dossier par courriel, « pour un avis ».",
                "Soigne-t-il ce patient ? Rappelez-le par le standard de son hôpital.",
            ),
        ),
        key_message(
            "Données de santé : la messagerie sécurisée.",
            "<p>Trop lente, trop compliquée ? Dites-le : c’est à l’outil de s’améliorer.</p>",
        ),
    ),
)

RIGHT_PERSON = LessonText(
    slug="la-bonne-personne",
    title="La bonne personne",
    summary="Le bon patient, le bon destinataire, la bonne voix au téléphone.",
    body=(
        text(
            """
            <ul>
                <li><b>Avant d’écrire dans un dossier</b> : nom de naissance, prénom, date de
                naissance. Deux patients peuvent se ressembler sur l’écran.</li>
                <li><b>Avant d’envoyer</b> : relisez l’adresse que la machine a complétée, et
                ouvrez la pièce jointe une dernière fois.</li>
                <li><b>Au téléphone</b> : « Je suis sa fille » ne suffit pas. Qui le patient
                veut-il informer ? Vous pouvez toujours rappeler.</li>
            </ul>
            """
        ),
        scenario(
            "Le mauvais docteur Leroy",
            "16 h 40, secrétariat de neurologie. Le compte rendu d’une patiente vient de partir, "
            "par courriel ordinaire, à un Leroy qui n’est pas son médecin.",
            step(
                "sent",
                "L’erreur",
                "Que faites-vous ?",
                way(
                    "Je préviens tout de suite mon responsable et l’informatique.",
                    "On vous remercie. Le délégué à la protection des données est prévenu.",
                    "recipient",
                ),
                way(
                    "Je clique sur « Rappeler le message », et je n’en parle pas.",
                    "Le rappel échoue : l’adresse est hors de l’hôpital.",
                    "tomorrow",
                ),
                way(
                    "J’envoie le document au bon médecin : c’est réglé.",
                    "Le bon médecin l’a. Le mauvais aussi.",
                    "tomorrow",
                ),
            ),
            step(
                "recipient",
                "Le destinataire",
                "Il faut lui demander d’effacer le message.",
                way(
                    "Je lui écris en quelques mots, sans rien joindre ni nommer personne.",
                    "Il confirme : effacé sans avoir été lu.",
                    "good",
                ),
                way(
                    "Je lui renvoie le courriel entier pour qu’il le retrouve.",
                    "Il le retrouve. Il en a maintenant deux.",
                    "twice",
                ),
            ),
            step(
                "tomorrow",
                "Le lendemain",
                "Monsieur Leroy, vétérinaire, téléphone : « J’ai le dossier d’une dame. »",
                way(
                    "Je le remercie et je préviens mon responsable.",
                    "On reprend dans l’ordre : effacer, prévenir, expliquer.",
                    "late",
                ),
                way(
                    "Je réponds que ce n’est rien et je raccroche.",
                    "Il raconte l’histoire autour de lui.",
                    "bad",
                ),
            ),
            ending(
                "good",
                "Réparé",
                "Une erreur dite aussitôt se répare presque entièrement.",
                "good",
            ),
            ending(
                "twice",
                "Presque",
                "Bien réagi, un document de trop. On demande l’effacement sans rien répéter.",
                "mixed",
            ),
            ending(
                "late",
                "Un jour de retard",
                "L’hôpital peut encore protéger la patiente et lui dire ce qui s’est passé.",
                "mixed",
            ),
            ending(
                "bad",
                "La patiente l’apprend par d’autres",
                "L’envoi était une erreur, comme il en arrive à chacun. Dite le jour même, elle "
                "se réparait encore.",
                "bad",
            ),
        ),
    ),
)

KEEP = LessonText(
    slug="ce-que-je-garde-en-tete",
    title="Ce que je garde en tête",
    summary="L’essentiel en trois gestes. Puis le quiz.",
    body=(
        do_dont(
            do=[
                "Reprendre aussitôt une feuille à l’imprimante",
                "Parler des patients là où l’on ne peut pas être entendu",
                "Dire une erreur d’envoi dès qu’on la voit",
            ],
            dont=[
                "Transférer un dossier vers sa boîte personnelle",
                "Coller un compte rendu dans un traducteur ou un assistant en ligne",
                "Confirmer au téléphone la présence d’un patient sans vérifier",
            ],
        ),
        gestures(
            "J’ouvre un dossier seulement si j’en ai besoin pour ce patient.",
            "J’écris par la messagerie sécurisée, l’adresse relue.",
            "Je photographie avec l’outil de l’hôpital, jamais le mien.",
        ),
        commitment(
            "Ce que je change dès demain",
            "Choisissez ce qui vous manque aujourd’hui.",
            "Je vérifie que ma messagerie sécurisée fonctionne.",
            "Je demande avec quel outil photographier une plaie.",
            "Je relis l’adresse à voix basse avant d’envoyer.",
        ),
    ),
)

QUIZ = QuizText(
    title="Données de santé et messagerie sécurisée : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "Votre voisin est hospitalisé dans un autre service. Pouvez-vous regarder son dossier "
            "pour savoir s’il va mieux ?",
            "On ouvre un dossier pour soigner ou assurer le suivi, pas pour prendre des nouvelles.",
            wrong(
                "Oui, s’il m’a dit un jour qu’il n’avait rien à cacher.",
                "Une parole de voisinage ne fait pas de vous quelqu’un de son équipe de soins.",
            ),
            right("Non : je peux lui rendre visite, ou l’appeler."),
            wrong(
                "Oui, si je ne le répète à personne.",
                "Se taire ensuite ne change rien : sa vie privée est déjà ouverte.",
            ),
            tags=(CURIOSITY,),
            difficulty=EASY,
        ),
        true_false(
            "L’ouverture d’un dossier laisse une trace, même si je n’y écris rien.",
            "Lire suffit. Cette trace protège le patient, et aussi ceux qui ont ouvert le dossier "
            "à bon droit.",
            is_true=True,
            tags=(CURIOSITY,),
        ),
        multiple(
            "Lesquelles de ces informations touchent à la santé d’une personne ?",
            "Un lieu, un rendez-vous, un traitement suffisent souvent à deviner une maladie.",
            wrong(
                "Le menu de la cantine du personnel.",
                "Le même pour tous, il ne dit rien d’une personne. Un plateau à son nom, si.",
            ),
            right("La photo de sa boîte de médicaments."),
            right("La date de son rendez-vous en oncologie."),
            right("Son nom dans la liste d’entrées de la maternité."),
            tags=(CURIOSITY,),
        ),
        single(
            "Un collègue veut connaître le résultat de sa propre prise de sang, et vous demande "
            "de l’ouvrir. Que répondez-vous ?",
            "Il a droit à ses résultats, par le chemin prévu pour tous les patients. Le vôtre "
            "n’est pas celui-là.",
            wrong(
                "J’ouvre : c’est son dossier, et il est d’accord.",
                "L’intention est amicale, mais vos droits vous sont donnés pour les patients que "
                "vous suivez.",
            ),
            wrong(
                "Je lui prête ma session pour qu’il regarde.",
                "Ce serait ouvrir à votre nom, et tous les autres dossiers avec.",
            ),
            right("Je lui indique comment les demander."),
            tags=(CURIOSITY,),
            difficulty=HARD,
        ),
        single(
            "Un médecin de ville vous demande un compte rendu « vite, sur ma boîte personnelle ». "
            "Que proposez-vous ?",
            "Le bon canal prend rarement plus de temps, et l’on sait à qui l’on écrit.",
            right("De l’envoyer à son adresse de messagerie sécurisée."),
            wrong(
                "De l’envoyer là, protégé par un mot de passe écrit dessous.",
                "Une clé posée sur la serrure ne ferme rien.",
            ),
            wrong(
                "De l’envoyer là, sans le nom du patient.",
                "L’âge, la date et la maladie suffisent parfois à le reconnaître. Et le compte "
                "rendu perdrait son utilité.",
            ),
            tags=(CHANNEL,),
        ),
        true_false(
            "Parce qu’elle est chiffrée, une application de messagerie grand public convient aux "
            "données de santé.",
            "Le chiffrement protège le trajet. Restent les copies dans les téléphones et leurs "
            "sauvegardes, que l’hôpital ne maîtrise pas.",
            is_true=False,
            tags=(CHANNEL,),
        ),
        multiple(
            "Qu’apporte une messagerie sécurisée de santé ?",
            "Elle assure le trajet et l’identité des correspondants. Relire l’adresse reste votre "
            "part.",
            right("Le message circule chiffré."),
            wrong(
                "Elle empêche toute erreur de destinataire.",
                "Deux professionnels peuvent porter le même nom : on relit toujours.",
            ),
            right("Les professionnels y sont identifiés."),
            wrong(
                "Elle rend sûre n’importe quelle pièce jointe.",
                "Un correspondant peut avoir été piraté. Un envoi étonnant se vérifie aussi.",
            ),
            tags=(CHANNEL,),
        ),
        single(
            "Vous voulez finir une lettre de sortie chez vous. Que faites-vous ?",
            "Le travail à distance se demande : l’établissement peut ouvrir un accès protégé.",
            wrong(
                "Je me l’envoie sur ma boîte personnelle.",
                "Une copie reste chez votre fournisseur de messagerie, hors de l’hôpital.",
            ),
            wrong(
                "Je la copie sur ma clé USB.",
                "Une clé se perd, et rien ne dit ce qu’elle a touché avant.",
            ),
            right("Je demande s’il existe un accès à distance."),
            tags=(CHANNEL,),
        ),
        single(
            "Vous voulez un avis sur une plaie, la nuit. Quelle photo convient ?",
            "L’accord du patient, l’outil de l’établissement, le dossier : la photo devient un "
            "soin, pas un souvenir.",
            wrong(
                "Avec mon téléphone, effacée après réponse.",
                "Les téléphones sauvegardent souvent tout seuls, avant que l’on efface.",
            ),
            right("Avec l’outil prévu, le patient d’accord."),
            wrong(
                "Avec le téléphone du patient, qui l’enverra lui-même.",
                "Il peut faire de ses photos ce qu’il veut, mais l’avis, lui, doit arriver par "
                "votre circuit et dans le dossier.",
            ),
            tags=(PICTURES,),
        ),
        matching(
            "Reliez chaque besoin au chemin qui convient.",
            "L’urgence se parle, le dossier s’écrit au bon endroit, l’image suit le circuit de "
            "l’établissement.",
            ("Un compte rendu pour le médecin de ville", "La messagerie sécurisée de santé"),
            ("Une plaie à montrer au chirurgien", "L’outil photo de l’établissement"),
            ("Un patient qui se dégrade", "Le téléphone"),
            distractors=("Un groupe privé entre collègues",),
            tags=(PICTURES,),
        ),
        true_false(
            "Sans le visage ni le nom, une photo de patient ne permet jamais de le reconnaître.",
            "Un tatouage, une cicatrice, une chambre, une date : il suffit parfois d’un détail. "
            "Et le fichier garde souvent l’heure et le lieu.",
            is_true=False,
            tags=(PICTURES,),
        ),
        multiple(
            "Avant de publier une photo de l’équipe prise dans le service, que vérifiez-vous ?",
            "Le regard va aux sourires ; les curieux zooment sur le reste.",
            wrong(
                "Qu’il suffira de la retirer si quelqu’un se plaint.",
                "Une photo publiée a peut-être déjà été copiée : on regarde avant.",
            ),
            right("Que le service de communication est d’accord."),
            right("Qu’aucun écran ni tableau de lits n’est lisible."),
            right("Qu’aucun patient n’apparaît, même de dos."),
            tags=(PICTURES,),
        ),
        single(
            "Un compte rendu vient de partir à la mauvaise adresse. Quel est le premier réflexe ?",
            "Plus on le sait tôt, plus on peut faire effacer, et prévenir la personne concernée "
            "si besoin.",
            wrong(
                "Attendre de voir si quelqu’un se plaint.",
                "Pendant ce temps, le document peut être lu, copié, transféré.",
            ),
            wrong(
                "Effacer le message de mes envois.",
                "Il disparaît de chez vous, pas de chez celui qui l’a reçu.",
            ),
            right("Le dire à mon responsable et à l’informatique."),
            tags=(RECIPIENT,),
            difficulty=EASY,
        ),
        true_false(
            "Avant d’écrire dans un dossier, on lit aussi la date de naissance, même si le nom "
            "est le bon.",
            "Des homonymes existent, et parfois dans le même service. La date de naissance les "
            "sépare.",
            is_true=True,
            tags=(RECIPIENT,),
        ),
        single(
            "Au téléphone : « Ici le commissariat, monsieur Bernard est-il chez vous ? » Que "
            "répondez-vous ?",
            "Une voix et un titre ne prouvent rien. Les demandes officielles existent, et ont "
            "leur circuit.",
            wrong(
                "Je confirme : c’est la police.",
                "Peut-être. Mais n’importe qui peut le dire, et la présence est déjà une "
                "information.",
            ),
            right("Je prends ses coordonnées et je transmets à la direction."),
            wrong(
                "Je dis qu’il n’est pas là, pour le protéger.",
                "Mentir peut gêner une vraie enquête. Ne pas répondre est permis ; transmettre "
                "est mieux.",
            ),
            tags=(RECIPIENT,),
        ),
        multiple(
            "Qu’est-ce qui évite une erreur de destinataire ?",
            "Trois secondes de relecture, c’est peu à côté d’une confidence perdue.",
            right("Relire l’adresse complétée par la machine."),
            wrong(
                "Envoyer à plusieurs adresses, pour être sûr.",
                "On augmente ainsi le nombre de personnes qui n’avaient pas à savoir.",
            ),
            right("Ouvrir la pièce jointe avant d’envoyer."),
            right("Choisir la personne dans l’annuaire, avec son service."),
            tags=(RECIPIENT,),
        ),
    ),
)

MODULE = ModuleText(
    slug="donnees-de-sante-et-messagerie-securisee",
    title="Données de santé et messagerie sécurisée",
    summary="Lire un dossier, envoyer un compte rendu, prendre une photo : le secret dans les "
    "gestes de tous les jours.",
    objectives=html(
        """
        <ul>
            <li>Savoir quand un dossier peut être ouvert</li>
            <li>Choisir le bon canal pour écrire ou montrer</li>
            <li>Vérifier le patient et le destinataire avant d’envoyer</li>
            <li>Réparer une erreur d’envoi en la disant vite</li>
        </ul>
        """
    ),
    duration_minutes=9,
    pass_mark=75,
    audiences=("soignants", "support"),
    lessons=(READING, CHANNELS, RIGHT_PERSON, KEEP),
    quiz=QUIZ,
)
