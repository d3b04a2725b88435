"""« Signaler un incident sans crainte »: four lessons and the final quiz."""

from __future__ import annotations

from starter.content.figures import REPORTS, STRUCTURES
from starter.content.schema import (
    EASY,
    STAFF,
    LessonText,
    ModuleText,
    QuizText,
    case,
    commitment,
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

DARE, SAY, NATION, LISTEN = "oser dire", "que dire", "qui déclare", "écouter"

SILENCE = LessonText(
    slug="ce-qui-nous-fait-taire",
    title="Ce qui nous fait taire",
    summary="Pourquoi l’on se tait, et ce que le silence coûte.",
    body=(
        text(
            """
            <p>« Ce n’est sûrement rien. » « On va me prendre pour un incapable. » « Je n’ai pas
            le temps. » « Quelqu’un a déjà dû le dire. » Ces phrases, tout le monde les a
            pensées. Elles ont un point commun : elles laissent l’attaque travailler en
            paix.</p>
            <p>Un <b>incident</b>, ce n’est pas seulement une attaque. C’est aussi une carte
            perdue, un courriel parti au mauvais destinataire, un appareil qui s’arrête, un clic
            que l’on regrette.</p>
            """
        ),
        REPORTS,
        STRUCTURES,
        text("<p>D’autres incidents restent tus, souvent par crainte d’un reproche.</p>"),
        misconception(
            "Si je signale, on saura que c’est moi.",
            "On saura surtout quoi réparer. Et l’on retiendra que, grâce à vous, les autres ont "
            "été protégés plus tôt.",
        ),
        case(
            "La carte du vendredi",
            """
            <p>Exemple. Un vendredi soir, un brancardier perd sa carte dans le métro. Il hésite
            : sa dernière perte remonte à deux mois, et son responsable avait soupiré. Il
            appelle quand même. La carte est bloquée en cinq minutes. Le lundi, le responsable
            lui dit merci, et commande des étuis pour l’équipe.</p>
            """,
        ),
    ),
)

WHAT_TO_SAY = LessonText(
    slug="qui-appeler-que-dire",
    title="Qui appeler, que dire",
    summary="Un seul numéro, cinq informations, et un choix à faire.",
    body=(
        text(
            """
            <p>Commencez toujours par l’intérieur : le service informatique ou, la nuit et le
            week-end, l’astreinte. Puis votre cadre. Dites ce que vous savez, même incomplet
            :</p>
            <ul>
                <li><b>qui</b> vous êtes, et à quel numéro vous rappeler ;</li>
                <li><b>où</b> : le service, le poste, son étiquette ;</li>
                <li><b>quand</b> : l’heure, même approchée ;</li>
                <li><b>quoi</b> : ce qui s’affiche, ce que vous avez fait ;</li>
                <li><b>pour les patients</b> : ce que cela change, ou rien.</li>
            </ul>
            """
        ),
        scenario(
            "Un sondage sur la cantine",
            "Secrétaire médicale, vous venez de saisir votre mot de passe pour répondre à un "
            "sondage. Il est 11 h 20.",
            step(
                "blank",
                "Une page blanche",
                "Aucun sondage n’apparaît. Vous relisez l’adresse : elle n’est pas celle de "
                "l’hôpital.",
                way("J’appelle l’informatique.", "On décroche à la deuxième sonnerie.", "call"),
                way(
                    "J’en parle d’abord à ma voisine de bureau.",
                    "En parler soulage. Elle sourit : « Moi aussi, la semaine dernière. Je n’ai "
                    "rien dit. »",
                    "neighbour",
                ),
                way(
                    "J’attends de voir s’il se passe quelque chose.",
                    "À 17 h, des collègues reçoivent des courriels étranges, signés de vous.",
                    "evening",
                ),
            ),
            step(
                "neighbour",
                "À deux",
                "Son mot de passe à elle n’a pas changé depuis.",
                way(
                    "Nous appelons ensemble.",
                    "Deux comptes protégés d’un seul appel.",
                    "call",
                ),
                way(
                    "Je fais comme elle.",
                    "À 17 h, des courriels étranges partent de vos deux boîtes.",
                    "evening",
                ),
            ),
            step(
                "call",
                "Au téléphone",
                "« Racontez-moi. » Que dites-vous ?",
                way(
                    "Tout : le sondage, l’heure, le mot de passe saisi.",
                    "« Merci, c’est très clair. On change votre mot de passe ensemble. »",
                    "good",
                ),
                way(
                    "J’ai reçu un message bizarre. Je ne parle pas du mot de passe.",
                    "Le message est bloqué. Mais votre compte, lui, reste ouvert à un inconnu.",
                    "half",
                ),
            ),
            step(
                "evening",
                "17 heures",
                "Vous comprenez d’où viennent ces courriels.",
                way(
                    "J’appelle maintenant, et je raconte depuis le début.",
                    "Le compte est fermé à 17 h 10.",
                    "late",
                ),
                way(
                    "J’efface tout et j’espère.",
                    "Trois collègues cliquent, parce que le message vient de vous.",
                    "silent",
                ),
            ),
            ending(
                "good",
                "Dix minutes, puis la vie reprend",
                "Le message est retiré de toutes les boîtes avant midi. Dire tout, tout de suite, "
                "a protégé les autres.",
                "good",
            ),
            ending(
                "half",
                "Une alerte à moitié",
                "Il faudra rappeler ce soir. La partie que l’on cache est souvent celle dont on a "
                "besoin.",
                "mixed",
            ),
            ending(
                "late",
                "Tard, mais dit",
                "Des collègues ont eu peur, aucun n’a cliqué. Votre appel a compté, même à 17 "
                "heures.",
                "mixed",
            ),
            ending(
                "silent",
                "Le silence se propage",
                "Ce n’est pas le clic de 11 h 20 qui a coûté cher : ce sont les heures qui ont "
                "suivi.",
                "bad",
            ),
        ),
    ),
)

TO_THE_NATION = LessonText(
    slug="de-votre-appel-a-l-alerte-nationale",
    title="De votre appel à l’alerte nationale",
    summary="Qui déclare à l’État, et à quoi cela sert.",
    body=(
        text(
            """
            <p>Depuis le 1er octobre 2017, les établissements de santé doivent signaler à l’État
            leurs incidents de sécurité graves ou significatifs : c’est l’article L. 1111-8-2 du
            code de la santé publique. Le secteur médico-social y est tenu aussi, depuis un
            décret de 2022.</p>
            <p>Ce n’est pas à vous de le faire : c’est l’établissement qui déclare, sur
            <b>signalement.social-sante.gouv.fr</b>. Le <b>CERT Santé</b>, l’équipe de l’Agence
            du Numérique en Santé qui répond aux attaques, reçoit la déclaration et se joint à
            toute heure.</p>
            """
        ),
        timeline(
            "Le chemin d’un signalement",
            "Retrouvez qui agit, dans quel ordre.",
            moment(
                "Vous",
                "Vous appelez l’informatique ou l’astreinte.",
                "Sans ce premier appel, rien ne commence.",
            ),
            moment(
                "L’astreinte",
                "Alertée par vous, elle limite les dégâts.",
                "Un compte fermé, un poste isolé : les autres services tiennent.",
            ),
            moment(
                "Le RSSI",
                "Le responsable de la sécurité des systèmes d’information, ou son suppléant, juge "
                "de la gravité.",
                "Il s’appuie sur vos mots : d’où l’importance de tout dire.",
            ),
            moment(
                "L’établissement",
                "L’incident est jugé grave : l’établissement le déclare.",
                "La loi le demande, sur le portail national.",
            ),
            moment(
                "Le CERT Santé",
                "Il reçoit la déclaration et peut aider.",
                "Ce qu’il apprend ici sert à prévenir ailleurs.",
            ),
        ),
    ),
)

LISTENING = LessonText(
    slug="bien-recevoir-un-signalement",
    title="Bien recevoir un signalement",
    summary="Collègue, cadre, technicien : la première réponse compte. Puis le quiz.",
    body=(
        text(
            """
            <p>Un jour, c’est à vous que l’on dira : « J’ai cliqué. » Votre première phrase
            décidera si l’on vous le redira un jour. Commencez par « Merci de me le dire ». Les
            questions viendront ensuite ; le « pourquoi tu as fait ça ? », jamais devant
            l’équipe.</p>
            """
        ),
        gestures(
            "J’appelle au premier doute, sans attendre d’être sûr.",
            "Je raconte tout, y compris ce que j’ai fait.",
            "À celui qui me dit une erreur, je réponds merci.",
        ),
        key_message(
            "On ne signale pas quelqu’un : on signale quelque chose.",
            "<p>Le quoi répare. Le qui fait taire.</p>",
        ),
        commitment(
            "Ce que je change dès demain",
            "Choisissez ce que vous êtes prêt à tenir.",
            "J’enregistre le numéro de l’astreinte dans le téléphone du service.",
            "Je raconte en équipe un clic que j’ai regretté.",
            "Je remercie le prochain collègue qui signale.",
        ),
    ),
)

QUIZ = QuizText(
    title="Signaler un incident sans crainte : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        multiple(
            "Lesquels de ces faits méritent un appel au service informatique ?",
            "Dès que l’accès, l’exactitude ou le secret d’une information est en jeu, l’appel est "
            "utile.",
            wrong(
                "La cafetière de la salle de pause est en panne.",
                "Celle-là relève du service technique. Courage à l’équipe.",
            ),
            right("J’ai ouvert une pièce jointe qui m’inquiète."),
            right("Un compte rendu est parti au mauvais destinataire."),
            right("Ma carte professionnelle a disparu."),
            tags=(DARE,),
            difficulty=EASY,
        ),
        true_false(
            "Au moment de signaler, il faut déjà savoir si c’est une attaque.",
            "Votre part est de dire ce que vous voyez. Comprendre est le travail de ceux que vous "
            "appelez.",
            is_true=False,
            tags=(DARE,),
            difficulty=EASY,
        ),
        single(
            "Vous pensez qu’un collègue a déjà signalé le même message. Que faites-vous ?",
            "Deux signalements se recoupent et montrent l’étendue du problème. Aucun, et personne "
            "ne sait.",
            wrong(
                "Rien : cela ferait doublon.",
                "Si chacun le pense, personne n’appelle. Un doublon ne coûte que quelques "
                "secondes.",
            ),
            right("Je le signale aussi, en quelques mots."),
            wrong(
                "Je demande d’abord à tout le service qui l’a fait.",
                "Ce tour de table prend plus de temps que l’appel.",
            ),
            tags=(DARE,),
        ),
        single(
            "Il y a dix jours, vous avez cliqué sur un lien, sans rien dire. Cela vous tracasse. "
            "Que faites-vous ?",
            "Un intrus peut rester discret longtemps. Votre souvenir de la date peut éclairer une "
            "enquête.",
            wrong(
                "Je laisse : s’il y avait eu un problème, on l’aurait vu.",
                "Pas toujours : certaines intrusions restent silencieuses.",
            ),
            wrong(
                "J’attends un nouveau signe avant d’en parler.",
                "Le prochain signe peut être l’arrêt du service.",
            ),
            right("J’appelle l’informatique et je donne la date du clic."),
            tags=(DARE,),
        ),
        single(
            "Quelle phrase aide le plus celui qui reçoit votre appel ?",
            "Un lieu, une heure, un fait, une action : on peut agir tout de suite.",
            wrong(
                "« L’ordinateur ne marche pas, venez vite. »",
                "On ne sait ni lequel, ni ce qui s’est passé. Ajoutez le poste, l’heure, ce que "
                "vous avez vu.",
            ),
            wrong(
                "« Je crois que quelqu’un a fait une bêtise. »",
                "Chercher qui ne dit pas quoi réparer.",
            ),
            right(
                "« Poste 14 de cardiologie, 9 h : j’ai saisi mon mot de passe sur une fausse page. "
                "»"
            ),
            tags=(SAY,),
        ),
        multiple(
            "Au téléphone, que précisez-vous ?",
            "Le lieu, les faits, l’effet sur les soins. Jamais un mot de passe, même en urgence.",
            right("L’étiquette du poste ou de l’appareil."),
            wrong(
                "Votre mot de passe, pour que l’on vérifie.",
                "Personne n’en a besoin. Dites seulement qu’il a été saisi ailleurs.",
            ),
            right("Ce que cela change pour les patients."),
            wrong(
                "Le diagnostic des patients présents dans le service.",
                "L’effet sur les soins suffit : leurs maladies ne regardent pas le dépannage.",
            ),
            tags=(SAY,),
        ),
        true_false(
            "Dire que l’on a éteint le poste, alors qu’il ne fallait pas, aide ceux qui enquêtent.",
            "Savoir ce qui a été fait évite de chercher des traces qui n’existent plus. Aucun "
            "geste n’est honteux à raconter.",
            is_true=True,
            tags=(SAY,),
        ),
        single(
            "La messagerie de l’hôpital se comporte étrangement. Comment donnez-vous l’alerte ?",
            "Si la messagerie est touchée, un courriel peut ne pas partir, ou être lu par "
            "l’intrus.",
            right("Par téléphone, au numéro de l’astreinte."),
            wrong(
                "Par un courriel marqué « urgent ».",
                "Il passerait par l’outil que vous soupçonnez.",
            ),
            wrong(
                "Par un message sur un groupe privé entre collègues.",
                "Le groupe n’est pas de garde, et ces messages sortent de l’hôpital.",
            ),
            tags=(SAY,),
        ),
        single(
            "Qui déclare à l’État un incident de sécurité grave survenu à l’hôpital ?",
            "L’agent prévient son établissement, et c’est l’établissement qui déclare, sur le "
            "portail national.",
            wrong(
                "L’agent qui l’a découvert.",
                "Il prévient à l’intérieur, au plus vite. La suite ne repose pas sur ses épaules.",
            ),
            right("L’établissement."),
            wrong(
                "Le fournisseur du logiciel touché.",
                "Il peut aider à comprendre, mais l’obligation de l’établissement demeure.",
            ),
            tags=(NATION,),
            difficulty=EASY,
        ),
        matching(
            "Reliez chacun à ce qu’il fait d’un incident grave.",
            "Chacun sa part, et personne n’est seul : c’est une chaîne.",
            ("Vous", "Appeler l’informatique ou l’astreinte"),
            ("L’établissement", "Déclarer sur le portail national"),
            ("Le CERT Santé", "Recevoir la déclaration et proposer de l’aide"),
            distractors=("Chercher qui sanctionner",),
            tags=(NATION,),
        ),
        true_false(
            "Signaler à l’État les incidents graves ou significatifs est une obligation inscrite "
            "dans le code de la santé publique.",
            "C’est l’article L. 1111-8-2. L’obligation pèse sur l’établissement, qui a donc "
            "besoin que vous parliez.",
            is_true=True,
            tags=(NATION,),
        ),
        single(
            "À quelle heure le CERT Santé peut-il être joint par un établissement ?",
            "Les attaques ne suivent pas les heures de bureau. L’équipe qui y répond non plus.",
            wrong(
                "Aux heures de bureau.",
                "Une attaque peut commencer un samedi soir : il répond aussi à ce moment-là.",
            ),
            wrong(
                "Dans le mois qui suit l’incident.",
                "L’aide est utile tout de suite, pendant l’incident.",
            ),
            right("À toute heure, la nuit comprise."),
            tags=(NATION,),
        ),
        single(
            "Une étudiante vous avoue avoir branché une clé USB trouvée au parking. Que "
            "répondez-vous d’abord ?",
            "Le premier mot décide de la suite : rassurée, elle racontera tout, et c’est ce dont "
            "on a besoin.",
            wrong(
                "« On t’avait pourtant prévenue. »",
                "C’est peut-être vrai, mais la prochaine fois, elle ne dira rien.",
            ),
            right("« Merci de me le dire. Appelons ensemble. »"),
            wrong(
                "« N’en parle à personne, je m’en occupe. »",
                "L’intention est protectrice, mais l’alerte ne part pas, et elle apprend à cacher.",
            ),
            tags=(LISTEN,),
        ),
        multiple(
            "Vous encadrez. Qu’est-ce qui donne envie de signaler ?",
            "On signale là où l’on est écouté, et là où l’on voit que cela sert.",
            wrong(
                "Afficher le nom des personnes qui ont cliqué.",
                "Cela fera baisser les signalements, pas les clics.",
            ),
            right("Raconter à l’équipe ce qu’un signalement a permis d’éviter."),
            right("Dire ses propres erreurs."),
            wrong(
                "Compter les signalements de chacun dans son évaluation.",
                "Un signalement n’est ni une faute ni un exploit. Le compter fausse la parole.",
            ),
            tags=(LISTEN,),
        ),
        true_false(
            "Si les signalements augmentent dans un service, c’est forcément que la sécurité y "
            "recule.",
            "C’est souvent l’inverse : la parole s’y est libérée, et l’on voit enfin ce qui "
            "existait déjà.",
            is_true=False,
            tags=(LISTEN,),
        ),
        single(
            "Vous êtes à l’informatique. Une infirmière signale un message parfaitement normal. "
            "Que faites-vous ?",
            "Une réponse, même courte, dit que l’appel a compté. C’est elle qui prépare le "
            "prochain signalement.",
            wrong(
                "Rien : ce n’était pas un incident.",
                "Sans réponse, elle croira avoir dérangé.",
            ),
            wrong(
                "Je lui rappelle de vérifier avant d’appeler.",
                "Elle vérifiera peut-être trop longtemps la prochaine fois.",
            ),
            right("Je la remercie et lui explique pourquoi il était sûr."),
            tags=(LISTEN,),
        ),
    ),
)

MODULE = ModuleText(
    slug="signaler-un-incident-sans-crainte",
    title="Signaler un incident sans crainte",
    summary="Un clic, une carte perdue, un appareil étrange : qui appeler, que dire, qui déclare "
    "ensuite, et comment bien écouter celui qui parle.",
    objectives=html(
        """
        <ul>
            <li>Reconnaître ce qui mérite un appel, et appeler au premier doute</li>
            <li>Dire l’essentiel en moins d’une minute</li>
            <li>Savoir qui déclare à l’État, et pourquoi</li>
            <li>Recevoir un signalement sans faire taire</li>
        </ul>
        """
    ),
    duration_minutes=9,
    pass_mark=75,
    audiences=STAFF,
    lessons=(SILENCE, WHAT_TO_SAY, TO_THE_NATION, LISTENING),
    quiz=QUIZ,
)
