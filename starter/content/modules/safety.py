"""« La cybersécurité, c’est la sécurité des soins »: three lessons and the final quiz."""

from __future__ import annotations

from starter.content.figures import DEGRADED
from starter.content.hotspots import RECEPTION
from starter.content.schema import (
    EASY,
    STAFF,
    LessonText,
    ModuleText,
    QuizText,
    ask_first,
    case,
    commitment,
    gestures,
    html,
    key_message,
    matching,
    misconception,
    multiple,
    right,
    risky,
    safe,
    single,
    sorting,
    text,
    true_false,
    wrong,
)

CARE, DAILY, ROLES, ALERT = "soins", "gestes", "rôles", "alerte"

SCREEN = LessonText(
    slug="quand-l-ecran-s-arrete-un-soin-attend",
    title="Quand l’écran s’arrête, un soin attend",
    summary="Ce que l’informatique apporte au chevet, et ce qui manque quand elle s’arrête.",
    body=(
        text(
            """
            <p>La nuit avance. Soudain la prescription ne s’affiche plus, l’étiquette du
            prélèvement ne sort pas, le laboratoire téléphone : ses résultats ne partent plus.
            Chambre 8, le patient n’a pas changé. Mais tout, autour de lui, est devenu plus
            lent.</p>
            <h3>Trois choses dont le soin a besoin</h3>
            <ul>
                <li><b>Une information accessible</b> : allergies, traitements, résultats, à
                l’instant où on les cherche.</li>
                <li><b>Une information exacte</b> : la bonne dose, au bon nom.</li>
                <li><b>Une information gardée</b> : lue par ceux qui en ont besoin pour soigner,
                et par eux seuls.</li>
            </ul>
            <p>La cybersécurité, c’est tout ce qui protège ces trois choses d’une attaque, d’un
            vol ou d’une erreur. La ministre des Solidarités et de la Santé, Agnès Buzyn, l’a
            dit autrement en lançant la campagne, le 28 novembre 2019 : c’est la continuité de
            la sécurité des soins.</p>
            """
        ),
        DEGRADED,
        text(
            """
            <p>Le « mode dégradé », c’est travailler sans les outils habituels : sur papier, au
            téléphone, en se relisant à deux. On peut soigner ainsi. On y met plus de temps et
            plus d’attention.</p>
            """
        ),
        case(
            "Un dimanche aux urgences",
            """
            <p>Exemple. Un vendredi, une secrétaire trouve son poste très lent après avoir
            ouvert une pièce jointe. Personne ne lui a jamais dit que cela méritait un appel. Le
            dimanche, le logiciel du laboratoire s’arrête. Aux urgences, chaque résultat est
            dicté au téléphone, noté, puis relu à voix haute. Aucun patient n’en souffre, mais
            l’attente s’allonge et deux ambulances sont orientées ailleurs. Depuis, le numéro de
            l’astreinte est collé sur chaque écran.</p>
            """,
        ),
    ),
)

EVERYBODY = LessonText(
    slug="chacun-voit-ce-que-les-autres-ne-voient-pas",
    title="Chacun voit ce que les autres ne voient pas",
    summary="Soignant, secrétaire, technicien, cadre : la part de chacun. Puis un hall à observer.",
    body=(
        text(
            """
            <p>Aucun logiciel ne connaît votre service comme vous. C’est ce qui rend votre
            regard précieux.</p>
            <ul>
                <li><b>Au chevet</b>, vous remarquez la valeur qui ne ressemble pas au patient,
                l’appareil qui réagit autrement.</li>
                <li><b>À l’accueil, aux achats, à la paie</b>, vous recevez le courrier du
                dehors, et donc les premiers faux.</li>
                <li><b>À l’informatique et au biomédical</b>, vous surveillez, vous réparez,
                vous rendez le bon geste facile.</li>
                <li><b>Vous encadrez ?</b> Vous donnez le temps, l’exemple, et le droit de se
                tromper.</li>
            </ul>
            """
        ),
        misconception(
            "La cybersécurité, c’est le travail du service informatique.",
            "Il protège les machines. Mais il ne voit ni le courriel que vous venez de recevoir, "
            "ni le visiteur penché sur votre écran. Il a besoin de vos yeux ; vous avez besoin de "
            "son numéro.",
        ),
        RECEPTION,
    ),
)

HABITS = LessonText(
    slug="des-gestes-comme-l-hygiene-des-mains",
    title="Des gestes, comme l’hygiène des mains",
    summary="S’exercer, retenir trois gestes, prendre un engagement. Puis le quiz.",
    body=(
        text(
            """
            <p>Se frotter les mains n’a rien de savant. Cela protège parce que tout le monde le
            fait, chaque fois. Les gestes numériques marchent pareil : petits, répétés,
            partagés.</p>
            """
        ),
        sorting(
            "Dans le service, un jour ordinaire",
            "Sans risque, risqué, ou à demander d’abord ? Il n’y a pas de piège : pensez au "
            "patient.",
            safe(
                "Je verrouille ma session avant de répondre à une sonnette.",
                "Deux secondes, et personne ne lira ni n’écrira à votre place.",
            ),
            risky(
                "Je note une constante dans la session ouverte d’un collègue.",
                "Le dossier dira que c’est lui. Si la mesure doit être relue, on ne saura plus à "
                "qui demander.",
            ),
            ask_first(
                "Un visiteur médical propose de montrer ses images avec sa clé USB.",
                "Une clé peut porter un virus à l’insu de son propriétaire. L’informatique saura "
                "l’ouvrir, ou proposer mieux.",
            ),
            ask_first(
                "J’aimerais utiliser un calculateur de débits trouvé sur Internet.",
                "L’idée peut être bonne. Mais qui en a vérifié les calculs et la provenance ? La "
                "demande peut servir à tout l’hôpital.",
            ),
            safe(
                "Le poste se comporte bizarrement : j’appelle, même si ce n’est peut-être rien.",
                "C’est exactement ce qui aurait tout changé le vendredi de l’exemple.",
            ),
            risky(
                "Un message inconnu s’affiche : je redémarre et je continue.",
                "Redémarrer peut effacer ce qui aiderait à comprendre, et le poste voisin n’est "
                "pas prévenu.",
            ),
        ),
        gestures(
            "Je verrouille ma session dès que je m’éloigne.",
            "Si un message m’étonne, je vérifie avant de cliquer.",
            "Ce qui me paraît étrange, je le dis tout de suite.",
        ),
        text(
            """
            <h3>Et le jour où tout s’arrête ?</h3>
            <p>Le patient d’abord. On continue le soin selon la procédure du service, sur papier
            s’il le faut, et quelqu’un appelle l’informatique ou l’astreinte. Prenez aujourd’hui
            une minute pour savoir où sont les feuilles, et quel est le numéro. La page <a
            href="page:/signaler-un-incident/">Signaler un incident</a> dit quoi faire pas à
            pas.</p>
            """
        ),
        key_message(
            "Protéger l’outil, c’est protéger le patient.",
            "<p>Et si une règle gêne vraiment le soin, ne la contournez pas en silence : "
            "dites-le, pour que l’on change l’outil.</p>",
        ),
        commitment(
            "Ce que je change dès demain",
            "Choisissez une promesse, ou deux. Une petite, tenue, vaut mieux que trois oubliées.",
            "Je note le numéro de l’astreinte informatique là où je travaille.",
            "Je prends l’habitude de verrouiller ma session.",
            "Je demande où sont les feuilles du mode dégradé.",
            "J’en parle cinq minutes à la prochaine réunion d’équipe.",
        ),
    ),
)

QUIZ = QuizText(
    title="La cybersécurité, c’est la sécurité des soins : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "Pourquoi dit-on que la cybersécurité est une affaire de soin ?",
            "Un dossier qui ne s’ouvre plus, une valeur fausse, un appareil arrêté : au bout, il "
            "y a toujours un patient.",
            wrong(
                "Parce que les ordinateurs de l’hôpital coûtent cher.",
                "Le matériel se remplace. Le temps perdu pour un patient, non.",
            ),
            right("Parce qu’un outil arrêté ou faussé retarde ou trompe le soin."),
            wrong(
                "Parce que les soignants font plus d’erreurs informatiques que les autres.",
                "Non : chacun peut se tromper, quel que soit son métier.",
            ),
            tags=(CARE,),
            difficulty=EASY,
        ),
        matching(
            "Reliez chaque incident à ce qu’il menace d’abord.",
            "Accessible, exacte, gardée : le soin a besoin d’une information qui soit les trois à "
            "la fois.",
            ("Le dossier patient ne s’ouvre plus", "L’accès : le soin attend"),
            ("Un résultat a été modifié", "L’exactitude : la décision s’égare"),
            ("Un curieux a lu un dossier", "Le secret : la confiance se perd"),
            distractors=("Rien : l’information est intacte",),
            tags=(CARE,),
        ),
        true_false(
            "Travailler en mode dégradé, c’est soigner sans les outils habituels, avec le papier "
            "et le téléphone.",
            "C’est prévu et cela fonctionne, à condition de savoir où sont les feuilles et de "
            "redoubler d’attention sur les identités.",
            is_true=True,
            tags=(CARE,),
            difficulty=EASY,
        ),
        multiple(
            "Les résultats de biologie n’arrivent plus à l’écran. Quelles réactions conviennent ?",
            "Le soin continue par un autre chemin, et l’alerte part en même temps : l’un n’attend "
            "pas l’autre.",
            wrong(
                "Attendre le retour de l’écran avant toute décision.",
                "Le patient, lui, n’attend pas : un autre chemin existe.",
            ),
            right("Faire prévenir le service informatique ou l’astreinte."),
            right("Demander les résultats par téléphone et les faire répéter."),
            wrong(
                "Se fier aux résultats de la veille, encore affichés.",
                "Ils peuvent ne plus dire l’état du patient. Demandez ceux du jour.",
            ),
            tags=(CARE,),
        ),
        single(
            "La sonnette retentit pendant que vous écrivez dans un dossier. Que faites-vous de "
            "votre session ?",
            "Verrouiller prend deux secondes et n’efface rien : vous retrouverez votre page.",
            right("Je la verrouille, puis j’y vais."),
            wrong(
                "Je la laisse ouverte : je reviens vite.",
                "On ne sait jamais combien de temps prendra une sonnette.",
            ),
            wrong(
                "Je retourne l’écran vers le mur.",
                "Un écran se retourne ; la session, elle, reste ouverte à votre nom.",
            ),
            tags=(DAILY,),
            difficulty=EASY,
        ),
        multiple(
            "Quels gestes protègent à la fois le patient et l’équipe ?",
            "Écrire à son nom, vérifier, dire : ces trois habitudes évitent bien des confusions.",
            right("Écrire dans le dossier avec son propre accès."),
            wrong(
                "Garder une session commune ouverte toute la garde.",
                "Cela fait gagner un instant, mais plus personne ne sait qui a écrit quoi.",
            ),
            right("Vérifier une demande étonnante par un autre chemin."),
            wrong(
                "Installer soi-même un outil pratique trouvé sur Internet.",
                "Même utile, il peut cacher un défaut ou un programme malveillant. Demandez "
                "d’abord.",
            ),
            tags=(DAILY,),
        ),
        true_false(
            "Un petit geste isolé ne sert à rien tant que l’hôpital n’a pas les meilleurs "
            "logiciels.",
            "Les logiciels et les gestes se complètent : une session laissée ouverte contourne "
            "n’importe quelle protection.",
            is_true=False,
            tags=(DAILY,),
        ),
        single(
            "Une règle de sécurité vous fait perdre du temps auprès des patients. Que faites-vous "
            "?",
            "Une règle qui gêne le soin doit être revue. Encore faut-il que ceux qui peuvent la "
            "changer le sachent.",
            wrong(
                "Je la contourne, et je montre aux collègues comment faire.",
                "Le soulagement est réel, mais la faille reste, et personne ne corrige l’outil.",
            ),
            wrong(
                "Je la suis sans rien dire.",
                "L’équipe continuera de perdre ce temps. Votre remarque a de la valeur.",
            ),
            right("Je le dis à mon cadre ou à l’informatique."),
            tags=(DAILY,),
        ),
        true_false(
            "Au sein de l’hôpital, seuls ceux qui ont un compte informatique sont concernés.",
            "Une porte tenue ouverte, un badge prêté, une feuille oubliée à l’imprimante : on "
            "peut protéger l’hôpital sans toucher un clavier.",
            is_true=False,
            tags=(ROLES,),
        ),
        single(
            "Qui est le mieux placé pour voir qu’un courriel reçu ce matin est étrange ?",
            "Vous savez ce que vous attendez et ce qui vous surprend. Aucun filtre ne connaît "
            "votre journée.",
            wrong(
                "Le logiciel antivirus.",
                "Il en arrête beaucoup, pas tous. Et il ne sait pas qui vous écrit d’habitude.",
            ),
            right("La personne qui l’a reçu."),
            wrong(
                "Le responsable de la sécurité informatique.",
                "Il vous aidera volontiers, mais il ne lit pas votre courrier.",
            ),
            tags=(ROLES,),
        ),
        multiple(
            "Quelle est la part de ceux qui encadrent une équipe ?",
            "Du temps, des accès prêts, une parole libre : c’est ce qui rend possibles les gestes "
            "des autres.",
            wrong(
                "Connaître les mots de passe de l’équipe, en cas de besoin.",
                "Un mot de passe n’est connu que d’une personne. Pour un imprévu, l’informatique "
                "ouvre un accès.",
            ),
            right("Remercier celui qui signale une erreur."),
            right("Donner du temps de travail pour se former."),
            wrong(
                "Régler seuls les incidents pour ne pas inquiéter.",
                "L’intention est bonne, mais une alerte gardée au service ne protège pas les "
                "autres.",
            ),
            tags=(ROLES,),
        ),
        single(
            "Dans la salle de soins, un visiteur attend seul devant un écran ouvert. Que "
            "faites-vous ?",
            "On protège l’écran et l’on accueille la personne : l’un n’empêche pas l’autre.",
            wrong(
                "Je passe : ce n’est pas mon écran.",
                "Ce n’est l’écran de personne en ce moment, et c’est bien le problème.",
            ),
            right("Je verrouille l’écran et je lui propose mon aide."),
            wrong(
                "Je lui demande ce qu’il a lu.",
                "La question le met mal à l’aise, et l’écran reste ouvert. Verrouillez d’abord.",
            ),
            tags=(ROLES,),
        ),
        single(
            "Le numéro de l’astreinte informatique n’est affiché nulle part dans votre service. "
            "Que faites-vous ?",
            "Un numéro se cherche un jour calme. Affiché sur papier, il reste lisible quand "
            "l’écran ne l’est plus.",
            right("Je le demande aujourd’hui et je l’affiche."),
            wrong(
                "Je le trouverai sur l’intranet le moment venu.",
                "Ce jour-là, l’intranet peut être arrêté lui aussi.",
            ),
            wrong(
                "Rien : mon cadre le connaît sûrement.",
                "À 4 heures du matin, vous serez peut-être seul à pouvoir appeler.",
            ),
            tags=(ALERT,),
        ),
        single(
            "Un moniteur affiche des valeurs qui ne ressemblent pas au patient. Que faites-vous "
            "d’abord ?",
            "Le patient d’abord, puis l’alerte. Un appareil faux sans bruit est plus trompeur "
            "qu’un appareil éteint.",
            wrong(
                "Je règle les alarmes pour qu’elles ne sonnent plus.",
                "Le silence cacherait aussi une vraie dégradation.",
            ),
            wrong(
                "Je le débranche et je le range.",
                "Sans surveillance de remplacement, le patient serait moins suivi. On examine, on "
                "remplace, puis on retire.",
            ),
            right("J’examine le patient, puis je signale l’appareil."),
            tags=(ALERT,),
        ),
        true_false(
            "Un appel à l’informatique qui se révèle sans suite était quand même utile.",
            "Il vaut mieux dix appels pour rien qu’un silence. C’est aussi ainsi que l’on apprend "
            "à reconnaître ce qui compte.",
            is_true=True,
            tags=(ALERT,),
            difficulty=EASY,
        ),
        single(
            "Votre poste devient très lent après l’ouverture d’une pièce jointe. C’est vendredi, "
            "16 h 50. Que faites-vous ?",
            "Plus l’alerte est précoce, moins il y a de postes à réparer. L’astreinte existe pour "
            "les fins de semaine.",
            wrong(
                "J’éteins : on verra lundi.",
                "Si quelque chose s’est installé, il aurait deux jours devant lui.",
            ),
            right("J’appelle maintenant et je raconte ce que j’ai ouvert."),
            wrong(
                "J’envoie la pièce jointe à un collègue pour comparer.",
                "Son poste serait exposé à son tour.",
            ),
            wrong(
                "J’efface la pièce jointe et je surveille.",
                "L’effacer n’arrête pas ce qu’elle a pu lancer, et prive ceux qui enquêtent d’un "
                "indice.",
            ),
            tags=(ALERT,),
        ),
    ),
)

MODULE = ModuleText(
    slug="la-cybersecurite-c-est-la-securite-des-soins",
    title="La cybersécurité, c’est la sécurité des soins",
    summary="Pourquoi un ordinateur arrêté est un soin retardé, et ce que chacun peut faire, quel "
    "que soit son métier.",
    objectives=html(
        """
        <ul>
            <li>Dire ce qu’un soin perd quand l’informatique s’arrête</li>
            <li>Reconnaître sa propre part, quel que soit son métier</li>
            <li>Adopter trois gestes de tous les jours</li>
            <li>Savoir qui appeler quand quelque chose est étrange</li>
        </ul>
        """
    ),
    duration_minutes=9,
    pass_mark=75,
    audiences=STAFF,
    lessons=(SCREEN, EVERYBODY, HABITS),
    quiz=QUIZ,
)
