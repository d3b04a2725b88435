"""« Mots de passe, cartes et postes partagés »: four lessons and the final quiz."""

from __future__ import annotations

from starter.content.hotspots import WARD_DESK
from starter.content.schema import (
    EASY,
    HARD,
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
    video,
    wrong,
)

# What each question is about: two of each are drawn.
LOCKING, CARDS, PASSWORDS, STATION = "verrouillage", "carte", "mot de passe", "poste partagé"

LOCK = LessonText(
    slug="je-verrouille-je-pars",
    title="Je verrouille, je pars",
    summary="Fermer l’accès à sa session, même pour deux minutes.",
    body=(
        case(
            "Deux minutes, chambre 12",
            """
            <p>Exemple. Une sonnette. L’infirmière part, sa session ouverte sur le dossier de M. R.
            Un collègue pressé s’assoit et note une tension, sans voir que le dossier n’est pas le
            bon. La relecture de 7 heures rattrape tout.</p>
            """,
        ),
        video("je-verrouille-je-pars-la-video"),
        text(
            """
            <h3>Ce que protège le verrouillage</h3>
            <ul>
                <li><b>Le patient</b> : son dossier dit vrai.</li>
                <li><b>Le secret</b> : seuls lisent ceux qui le soignent.</li>
                <li><b>Vous</b> : ce qui se fait dans votre session porte votre nom.</li>
            </ul>
            <h3>Un geste de deux secondes</h3>
            <p>Au clavier : touche Windows + L. Avec une carte : retirez-la, et vérifiez une fois
            que votre poste se verrouille alors. Sur une tablette : le bouton de veille, si un code
            est demandé au réveil.</p>
            <p>Une urgence vitale passe avant tout : courez, le premier collègue venu verrouillera
            pour vous. Faites-le aussi pour lui, sans rien lire ni écrire.</p>
            """
        ),
        key_message(
            "Je verrouille, je pars.",
            "<p>Même la nuit, même entre collègues.</p>",
        ),
    ),
)

CARD = LessonText(
    slug="ma-carte-ne-se-prete-pas",
    title="Ma carte ne se prête pas",
    summary="Carte CPS, carte d’établissement, badge : dépanner un collègue sans prêter la sienne.",
    body=(
        text(
            """
            <p>Carte de professionnel de santé (CPS), carte d’établissement, badge ou application
            sur le téléphone : tous disent qui vous êtes. Ils restent avec vous, code compris, quel
            que soit le grade de celui qui les demande.</p>
            """
        ),
        misconception(
            "Prêter ma carte à la remplaçante, c’est dépanner l’équipe.",
            "Tous ses soins porteraient votre nom. Si l’un d’eux doit être relu, personne ne "
            "saura qui appeler. Un accès à son nom la dépanne vraiment.",
        ),
        text(
            """
            <h3>Dépanner sans prêter</h3>
            <ul>
                <li>Demandez à l’informatique ou à l’astreinte un accès provisoire au nom de la
                personne.</li>
                <li>En attendant, suivez la procédure du service, souvent sur papier.</li>
                <li>Vous encadrez ? Demandez les accès des remplaçants et des étudiants avant leur
                arrivée.</li>
            </ul>
            <h3>Oubliée, perdue, volée</h3>
            <p>Oubliée : utilisez le dépannage prévu. Perdue ou volée : signalez-le aussitôt, de
            jour comme de nuit, pour qu’elle soit bloquée. Et le code ne voyage jamais avec la
            carte.</p>
            """
        ),
    ),
)

PASSWORD = LessonText(
    slug="un-mot-de-passe-sans-papier",
    title="Un mot de passe sans papier",
    summary="Choisir un mot de passe solide, le retenir, et ne le donner à personne. Puis un "
    "poste de soins à mettre en sûreté.",
    body=(
        text(
            """
            <p>Sous le clavier, au dos du badge : ce sont les premiers endroits où l’on
            regarde.</p>
            <ul>
                <li><b>Long</b> : douze caractères au moins, plus si votre établissement le
                demande. Des mots sans rapport, un chiffre et des signes se retiennent bien : «
                Violon-tram7-neige », par exemple, à ne pas recopier.</li>
                <li><b>Unique</b> : si un site marchand se fait voler le vôtre, il n’ouvrira pas le
                dossier patient.</li>
                <li><b>À vous seul</b> : ni un cadre ni l’informatique n’en ont besoin.</li>
            </ul>
            <p>Évitez ce qui se devine : un prénom, le nom du service, la saison et l’année.</p>
            <h3>Trop à retenir ? Un coffre-fort</h3>
            <p>Un coffre-fort de mots de passe les garde chiffrés, c’est-à-dire illisibles pour les
            autres : vous n’en retenez plus qu’un. L’informatique vous dira lequel utiliser.</p>
            <h3>Deux preuves plutôt qu’une</h3>
            <p>Un code ou une validation sur le téléphone peut s’ajouter au mot de passe : volé,
            celui-ci ne suffit plus. Une validation que vous n’avez pas demandée ? Refusez-la et
            signalez-la.</p>
            <h3>Quand le changer</h3>
            <p>Dès que quelqu’un d’autre a pu le connaître : donné, vu, saisi sur une page
            douteuse.</p>
            """
        ),
        key_message("Un mot de passe tient dans la tête ou dans un coffre-fort."),
        WARD_DESK,
    ),
)

SHARED_STATION = LessonText(
    slug="a-plusieurs-sur-le-meme-poste",
    title="À plusieurs sur le même poste",
    summary="Partager l’ordinateur du service sans partager sa session. Puis le quiz.",
    body=(
        text(
            """
            <p>Un poste, six collègues, une nuit. À chaque changement de main :</p>
            <ol>
                <li><b>Je regarde les noms</b> avant d’écrire : celui de l’utilisateur, celui du
                patient.</li>
                <li><b>Je change d’utilisateur</b> si la session n’est pas la mienne.</li>
                <li><b>Je ferme le dossier et ma session</b> quand j’ai fini, et je reprends mes
                feuilles à l’imprimante.</li>
            </ol>
            <p>Certains postes s’ouvrent sur un compte commun. Dans le dossier patient, chacun
            s’identifie quand même en son nom. Si changer d’utilisateur prend trop de temps,
            dites-le à votre cadre : la solution se cherche avec l’informatique.</p>
            """
        ),
        sorting(
            "Une nuit au poste de soins",
            "Pour chaque geste : sans risque, risqué, ou à demander d’abord ?",
            safe(
                "Verrouiller la session d’une collègue partie en chambre.",
                "Oui. Dites-le-lui simplement à son retour.",
            ),
            ask_first(
                "Installer sur le poste un coffre-fort de mots de passe.",
                "L’idée est bonne. L’informatique vous dira lequel convient et l’installera.",
            ),
            risky(
                "Laisser le navigateur du poste retenir son mot de passe.",
                "Le collègue suivant entrerait à votre nom sans le vouloir.",
            ),
            risky(
                "Recharger son téléphone sur l’ordinateur.",
                "Ce câble transporte aussi des fichiers. La prise murale suffit.",
            ),
        ),
        gestures(
            "Je verrouille, je pars, même pour deux minutes.",
            "Je garde ma carte et mon code, et je dépanne autrement.",
            "Je regarde à quel nom est la session avant d’écrire.",
        ),
        commitment(
            "Ce que je change dès ma prochaine prise de poste",
            "Choisissez un geste, un seul suffit pour commencer.",
            "Je prends le réflexe Windows + L.",
            "Je décolle le mot de passe affiché près de l’écran.",
            "Je change le mot de passe qui me sert aussi ailleurs.",
            "Je demande à l’avance l’accès du prochain remplaçant.",
        ),
    ),
)

QUIZ = QuizText(
    title="Mots de passe, cartes et postes partagés : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "Vous quittez le poste de soins deux minutes pour répondre à une sonnette. Que "
            "faites-vous ?",
            "Deux minutes suffisent pour lire un dossier ou y écrire à votre nom.",
            wrong(
                "Je laisse : l’écran se verrouillera tout seul.",
                "Dans quelques minutes seulement : c’est pendant ces minutes que l’on passe.",
            ),
            wrong(
                "J’éteins l’écran.",
                "L’écran est noir, mais la session reste ouverte : il suffit de le rallumer.",
            ),
            right("Je verrouille la session."),
            tags=(LOCKING,),
            difficulty=EASY,
        ),
        multiple(
            "Un collègue vous propose de travailler dans sa session. Pour quelles raisons refuser "
            "?",
            "Une session, c’est un nom et des droits. Ceux d’un autre ne sont pas les vôtres, "
            "même avec son accord.",
            right("Le dossier dirait que c’est lui qui a tracé le soin."),
            wrong(
                "Il ne resterait peut-être pas à côté de moi.",
                "Qu’il reste ou non, c’est son nom qui s’inscrirait dans le dossier.",
            ),
            right("Ses droits d’accès ne sont pas forcément les miens."),
            wrong(
                "Cela ralentirait le poste.",
                "La vitesse n’y est pour rien : il s’agit de savoir qui a fait quoi.",
            ),
            tags=(STATION,),
        ),
        true_false(
            "Pour me dépanner, le service informatique peut avoir besoin de mon mot de passe.",
            "Un technicien a ses propres accès. Si l’on vous demande votre mot de passe, refusez "
            "et signalez-le, même si l’appel semble venir de l’hôpital.",
            is_true=False,
            tags=(PASSWORDS,),
            difficulty=EASY,
        ),
        single(
            "20 h 45, une infirmière remplaçante arrive sans accès au dossier patient. Comment "
            "l’aider ?",
            "L’astreinte peut ouvrir un accès à son nom. En attendant, la procédure du service "
            "permet à chacun de tracer ses propres soins.",
            wrong(
                "Je lui prête ma carte pour la nuit.",
                "Tous ses soins porteraient votre nom, et vous resteriez sans carte.",
            ),
            right("J’appelle l’astreinte pour un accès provisoire à son nom."),
            wrong(
                "Je lui ouvre ma session et je garde un œil sur l’écran.",
                "L’intention est bonne, mais le dossier retiendra votre nom pour ses soins.",
            ),
            tags=(CARDS,),
            difficulty=EASY,
        ),
        single(
            "Quel mot de passe choisissez-vous pour ouvrir votre session à l’hôpital ?",
            "La longueur protège mieux que la complication, et un mot de passe unique limite les "
            "dégâts si un autre site est piraté.",
            wrong(
                "Pediatrie2026!",
                "Le service et l’année : c’est ce que l’on essaie en premier.",
            ),
            right("Trois mots sans rapport, un chiffre et un signe, pour ce seul usage."),
            wrong(
                "Celui de ma boîte personnelle, long et compliqué : je suis sûr de le retenir.",
                "Volé ailleurs, il ouvrirait aussi l’hôpital.",
            ),
            wrong("aZ9!", "Compliqué, mais si court qu’un ordinateur le trouve vite."),
            tags=(PASSWORDS,),
        ),
        multiple(
            "Sur l’ordinateur partagé du service, quels gestes sont les bons ?",
            "Vérifier le nom, fermer derrière soi, ne rien laisser traîner : le poste redevient "
            "neutre pour le collègue suivant.",
            right("Vérifier le nom affiché avant d’écrire dans un dossier."),
            wrong(
                "Laisser le navigateur enregistrer mon mot de passe.",
                "Le collègue suivant se retrouverait à votre nom, parfois sans le voir.",
            ),
            right("Fermer le dossier et ma session quand j’ai fini."),
            wrong(
                "Garder ma session ouverte pour que l’équipe aille plus vite.",
                "Elle irait vite à votre nom. Si le changement d’utilisateur est trop lent, "
                "parlez-en à votre cadre.",
            ),
            right("Reprendre mes feuilles à l’imprimante sans attendre."),
            tags=(STATION,),
        ),
        true_false(
            "Je trouve ouverte la session d’une collègue partie en chambre : la verrouiller est "
            "un bon geste.",
            "Vous protégez le patient et votre collègue. Ne lisez rien, n’écrivez rien, "
            "verrouillez et dites-le-lui.",
            is_true=True,
            tags=(LOCKING,),
        ),
        single(
            "Au vestiaire, vous ne retrouvez plus votre carte. Que faites-vous ?",
            "Une carte bloquée trop tôt se remplace. Une carte trouvée par un inconnu peut servir "
            "à votre nom.",
            right("Je le signale sans attendre, pour qu’elle soit bloquée."),
            wrong(
                "J’attends demain : elle est sûrement restée à la maison, dans l’autre veste.",
                "Peut-être. Mais d’ici demain, personne ne sait qui la tient.",
            ),
            wrong(
                "J’emprunte celle d’un collègue pour finir la semaine.",
                "Demandez plutôt le dépannage prévu : une carte ne se prête pas.",
            ),
            tags=(CARDS,),
        ),
        single(
            "Un patient fait un malaise dans le couloir. Votre session est ouverte sur un "
            "dossier, et il n’y a que vous au poste. Par quoi commencez-vous ?",
            "La sécurité de l’écran sert le soin ; elle ne passe jamais devant une vie.",
            wrong(
                "Je termine la ligne que j’écris : elle serait perdue.",
                "Une ligne se réécrit. Le patient, lui, n’attend pas.",
            ),
            right("Je cours. Le premier collègue venu verrouillera l’écran."),
            wrong(
                "Je ferme le dossier dans les règles, puis j’y vais.",
                "La règle prévoit ce cas : l’urgence vitale d’abord.",
            ),
            tags=(LOCKING,),
        ),
        true_false(
            "Retirer sa carte du lecteur verrouille la session sur n’importe quel poste.",
            "Sur beaucoup de postes, oui, mais pas sur tous : faites l’essai une fois sur le "
            "vôtre.",
            is_true=False,
            tags=(LOCKING,),
        ),
        matching(
            "À chaque ennui sa solution.",
            "Dans les trois cas, chacun repart avec un accès à son propre nom.",
            ("Ma carte est restée chez moi", "Le dépannage prévu par l’établissement"),
            ("Ma carte a été volée", "Un appel immédiat pour la bloquer"),
            ("La remplaçante n’a pas d’accès", "Un accès provisoire à son nom"),
            distractors=("La carte d’un collègue qui finit son service",),
            tags=(CARDS,),
        ),
        single(
            "2 heures du matin, chez vous : le téléphone vous demande de valider une connexion à "
            "l’hôpital. Vous dormiez. Que faites-vous ?",
            "Si la demande est arrivée jusque-là, quelqu’un a peut-être déjà votre mot de passe. "
            "Votre refus lui ferme la porte, votre appel permet de la verrouiller.",
            wrong(
                "Je valide, pour que la sonnerie s’arrête.",
                "C’est ce qu’espère celui qui insiste en pleine nuit.",
            ),
            wrong(
                "Je l’ignore : elle expirera d’elle-même et n’aura servi à personne.",
                "Elle expirera, mais une autre viendra, et personne ne le saura.",
            ),
            right("Je refuse, je le signale et je change le mot de passe."),
            tags=(PASSWORDS,),
            difficulty=HARD,
        ),
        multiple(
            "Dans quels cas changez-vous votre mot de passe sans attendre ?",
            "Un mot de passe se change quand un autre a pu le connaître. Au-delà, suivez la règle "
            "de votre établissement.",
            wrong(
                "Je reviens de deux semaines de congés.",
                "Il n’a pas été vu ni donné : les congés ne l’ont pas abîmé.",
            ),
            right("Je l’ai tapé sur une page qui me paraît maintenant douteuse."),
            right("Quelqu’un a pu me regarder le taper."),
            wrong(
                "Un collègue a changé le sien.",
                "Le sien n’est pas le vôtre, sauf si vous le partagiez.",
            ),
            tags=(PASSWORDS,),
        ),
        single(
            "Vous avez noté deux lignes dans un dossier, et vous découvrez que la session est "
            "celle d’un collègue. Que faites-vous ?",
            "Une erreur de nom se rectifie au grand jour. La procédure laisse voir ce qui a été "
            "écrit, par qui, et pourquoi c’est corrigé.",
            wrong(
                "J’efface tout de suite les deux lignes et je les réécris dans ma session.",
                "L’effacement porterait lui aussi le nom de votre collègue.",
            ),
            wrong(
                "J’ajoute mes initiales à la fin.",
                "Le logiciel continuerait d’attribuer le soin à votre collègue.",
            ),
            right("Je le lui dis, et nous faisons rectifier selon la procédure."),
            tags=(STATION,),
            difficulty=HARD,
        ),
    ),
)

MODULE = ModuleText(
    slug="mots-de-passe-cartes-et-postes-partages",
    title="Mots de passe, cartes et postes partagés",
    summary="Verrouiller sa session, garder sa carte, choisir un mot de passe qui tient, "
    "travailler à plusieurs sur le même poste.",
    objectives=html(
        """
        <ul>
            <li>Verrouiller sa session chaque fois que l’on s’éloigne</li>
            <li>Dépanner un collègue sans prêter sa carte ni son code</li>
            <li>Choisir un mot de passe long et unique, et le retenir</li>
            <li>Partager un poste sans partager sa session</li>
        </ul>
        """
    ),
    duration_minutes=10,
    pass_mark=75,
    audiences=STAFF,
    lessons=(LOCK, CARD, PASSWORD, SHARED_STATION),
    quiz=QUIZ,
)
