"""« Mots de passe, cartes et postes partagés »: four lessons and the final quiz."""

from __future__ import annotations

from starter.content.schema import (
    STAFF,
    LessonText,
    ModuleText,
    QuizText,
    do_dont,
    html,
    key_message,
    multiple,
    right,
    single,
    text,
    true_false,
    wrong,
)

LOCK = LessonText(
    slug="je-verrouille-je-pars",
    title="Je verrouille, je pars",
    summary="Pourquoi et comment fermer l’accès à sa session, même pour deux minutes.",
    body=(
        text(
            """
            <p>Une sonnette, et vous voilà dans la chambre 12. Dans la salle de soins,
            votre session est restée ouverte sur un dossier. Un visiteur peut le lire.
            Un collègue pressé peut y tracer un soin à votre nom, en croyant être dans
            un autre dossier.</p>
            <h3>Ce que protège le verrouillage</h3>
            <ul>
                <li><b>Le patient</b> : ce qui est écrit dans son dossier l’a été
                par la bonne personne.</li>
                <li><b>Le secret</b> : seuls lisent ceux qui en ont besoin pour le
                soigner.</li>
                <li><b>Vous</b> : ce qui se fait dans votre session porte votre
                nom.</li>
            </ul>
            <h3>Un geste de deux secondes</h3>
            <p>Au clavier : touche Windows + L. Avec une carte : retirez-la, la session
            se verrouille sur beaucoup de postes ; vérifiez-le une fois sur le vôtre.
            Sur une tablette ou un chariot : le bouton de veille, à condition qu’un
            code soit demandé au réveil.</p>
            <p>Le verrouillage automatique reste utile, mais il laisse l’écran ouvert
            plusieurs minutes. Et une urgence vitale passe avant tout : courez, le
            premier collègue venu verrouillera pour vous.</p>
            <h3>La session d’un collègue est restée ouverte</h3>
            <p>Verrouillez-la sans rien lire ni écrire, comme on referme une porte, et
            dites-le-lui gentiment.</p>
            """
        ),
        key_message(
            "Je verrouille, je pars.",
            "<p>Même pour un verre d’eau, même la nuit, même dans un bureau où l’on se "
            "connaît.</p>",
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
            <p>La remplaçante n’a pas encore ses accès et le tour commence. Lui prêter
            votre carte semble rendre service. Mais tout ce qu’elle fera portera votre
            nom, et si un soin doit être relu, personne ne saura qui l’a fait.</p>
            <h3>Une carte, une personne</h3>
            <p>Carte de professionnel de santé (CPS), carte d’établissement, badge ou
            application sur le téléphone : tous disent qui vous êtes. Ils restent avec
            vous, code compris, quel que soit le grade de celui qui les demande.</p>
            <h3>Dépanner sans prêter</h3>
            <ul>
                <li>Appelez le service informatique ou l’astreinte : demandez un
                accès provisoire au nom de la personne.</li>
                <li>En attendant, suivez la procédure du service, souvent sur
                papier : chacun trace ses propres soins.</li>
                <li>Vous encadrez ? Demandez les accès des remplaçants et des
                étudiants avant leur arrivée.</li>
            </ul>
            <h3>Oubliée, perdue, volée</h3>
            <p>Oubliée : demandez le dépannage prévu, n’empruntez pas. Perdue ou volée
            : signalez-le dès que vous le constatez, de jour comme de nuit, pour
            qu’elle soit bloquée. Et ne gardez jamais le code avec la carte.</p>
            """
        ),
        do_dont(
            do=[
                "Reprendre sa carte chaque fois que l’on quitte le poste",
                "Demander un accès provisoire pour le collègue qui n’en a pas",
                "Signaler une perte tout de suite",
            ],
            dont=[
                "Laisser sa carte dans le lecteur « pour l’équipe »",
                "Écrire le code sur la carte ou sur son étui",
                "Travailler avec la carte ou la session d’un autre",
            ],
        ),
        key_message(
            "Ma carte ne se prête pas.",
            "<p>Mon code non plus. Je peux aider autrement.</p>",
        ),
    ),
)

PASSWORD = LessonText(
    slug="un-mot-de-passe-sans-papier",
    title="Un mot de passe sans papier",
    summary="Choisir un mot de passe solide, le retenir, et ne le donner à personne.",
    body=(
        text(
            """
            <p>Sous le clavier, au bord de l’écran, au dos du badge : ce sont les
            premiers endroits où l’on regarde. Un mot de passe y est aussi bien gardé
            qu’une clé sur la porte.</p>
            <h3>Long, unique, à vous seul</h3>
            <ul>
                <li><b>Long</b> : douze caractères au moins, plus si votre
                établissement le demande. Des mots sans rapport, un chiffre et des
                signes se retiennent mieux qu’un mot compliqué : «
                Violon-tram7-neige », par exemple, à ne pas recopier.</li>
                <li><b>Unique</b> : celui de l’hôpital ne sert nulle part ailleurs.
                Si un site marchand se fait voler le vôtre, il n’ouvrira pas le
                dossier patient.</li>
                <li><b>À vous seul</b> : ni un collègue, ni un cadre, ni
                l’informatique n’en ont besoin.</li>
            </ul>
            <p>Évitez ce qui se devine : un prénom, le nom du service, la saison et
            l’année.</p>
            <h3>Trop à retenir ? Un coffre-fort</h3>
            <p>Un coffre-fort de mots de passe les garde chiffrés : vous n’en retenez
            plus qu’un. Demandez au service informatique lequel utiliser, sans rien
            installer vous-même.</p>
            <h3>Deux preuves plutôt qu’une</h3>
            <p>Un code ou une validation sur le téléphone peut s’ajouter au mot de
            passe : c’est la double authentification. Volé, le mot de passe ne suffit
            plus à lui seul. Une validation que vous n’avez pas demandée ? Refusez-la
            et signalez-la.</p>
            <h3>Quand le changer</h3>
            <p>Sans attendre, dès que quelqu’un d’autre a pu le connaître : donné, vu,
            saisi sur une page douteuse.</p>
            """
        ),
        key_message(
            "Un mot de passe ne se prête pas, ne s’affiche pas, ne se répète pas.",
            "<p>Il tient dans la tête ou dans un coffre-fort.</p>",
        ),
    ),
)

SHARED_STATION = LessonText(
    slug="a-plusieurs-sur-le-meme-poste",
    title="À plusieurs sur le même poste",
    summary="Partager l’ordinateur du service sans partager sa session. Puis le quiz.",
    body=(
        text(
            """
            <p>Un poste, six collègues, une longue nuit. Partager l’ordinateur, c’est
            normal. Partager la session, non.</p>
            <h3>À chaque changement de main</h3>
            <ol>
                <li><b>Je regarde les noms</b> avant d’écrire : celui de
                l’utilisateur est-il le mien ? celui du patient est-il le bon
                ?</li>
                <li><b>Je change d’utilisateur</b> si la session n’est pas la
                mienne.</li>
                <li><b>Je ferme le dossier et ma session</b> quand j’ai fini.</li>
            </ol>
            <h3>Ce qui traîne parle aussi</h3>
            <ul>
                <li><b>Le navigateur</b> propose d’enregistrer le mot de passe :
                sur un poste partagé, c’est toujours non.</li>
                <li><b>L’imprimante</b> : je reprends mes feuilles tout de suite.
                Ce qui nomme un patient va au bac confidentiel, pas à la
                corbeille.</li>
                <li><b>La clé USB trouvée</b> : je ne la branche pas, je la remets
                à l’informatique.</li>
                <li><b>Mon téléphone</b> se recharge à une prise murale, pas sur le
                poste.</li>
            </ul>
            <h3>Quand le poste s’ouvre sur un compte commun</h3>
            <p>Cela existe, pour aller vite. Mais dans le dossier patient, chacun
            s’identifie en son nom. Si ce n’est pas possible chez vous, ou si changer
            d’utilisateur prend trop de temps, dites-le à votre cadre : la solution se
            cherche avec l’informatique, elle n’a pas à reposer sur l’équipe de
            nuit.</p>
            """
        ),
        key_message(
            "Un poste se partage, une session jamais.",
            "<p>Avant d’écrire, je regarde à quel nom.</p>",
        ),
    ),
)

QUIZ = QuizText(
    title="Mots de passe, cartes et postes partagés : le quiz",
    questions=(
        single(
            "Vous quittez le poste de soins deux minutes pour répondre à une sonnette. Que "
            "faites-vous ?",
            "Deux minutes suffisent pour lire un dossier ou y écrire à votre nom. Le geste prend "
            "deux secondes.",
            wrong(
                "Je laisse : l’écran se verrouillera tout seul.",
                "Dans quelques minutes seulement : c’est pendant ces minutes que l’on passe.",
            ),
            wrong(
                "J’éteins l’écran.",
                "L’écran est noir, mais la session reste ouverte : il suffit de le rallumer.",
            ),
            right("Je verrouille : Windows + L, ou carte retirée."),
        ),
        multiple(
            "Un collègue vous propose de travailler dans sa session. Pour quelles raisons refuser "
            "?",
            "Une session, c’est un nom et des droits. Ceux d’un autre ne sont pas les vôtres, "
            "même avec son accord.",
            right("Le dossier dirait que c’est lui qui a tracé le soin."),
            wrong(
                "Aucune, s’il reste à côté de moi.",
                "Sa présence ne change pas le nom inscrit dans le dossier.",
            ),
            right("Ses droits d’accès ne sont pas forcément les miens."),
            wrong(
                "Cela ralentirait le poste.",
                "La vitesse n’y est pour rien : il s’agit de savoir qui a fait quoi.",
            ),
        ),
        true_false(
            "Pour me dépanner, le service informatique peut avoir besoin de mon mot de passe.",
            "Un technicien a ses propres accès. Si l’on vous demande votre mot de passe, refusez "
            "et signalez-le, même si l’appel semble venir de l’hôpital.",
            is_true=False,
        ),
        single(
            "20 h 45, une infirmière remplaçante arrive sans accès au dossier patient. Que "
            "faites-vous ?",
            "L’astreinte peut ouvrir un accès à son nom. En attendant, la procédure du service "
            "permet à chacun de tracer ses propres soins.",
            wrong(
                "Je lui prête ma carte pour la nuit.",
                "Tous ses soins porteraient votre nom, et vous resteriez sans carte.",
            ),
            right(
                "J’appelle l’astreinte pour un accès provisoire et nous suivons la procédure "
                "prévue."
            ),
            wrong(
                "Je lui ouvre ma session et je garde un œil sur l’écran.",
                "L’intention est bonne, mais le dossier retiendra votre nom pour ses soins.",
            ),
        ),
        single(
            "Quel mot de passe choisissez-vous pour ouvrir votre session à l’hôpital ?",
            "La longueur protège mieux que la complication, et un mot de passe unique limite les "
            "dégâts si un autre site est piraté.",
            wrong(
                "Pediatrie2026!",
                "Le service et l’année : c’est ce que l’on essaie en premier.",
            ),
            right("Plusieurs mots sans rapport, un chiffre et un signe, qui ne servent que là."),
            wrong(
                "Celui de ma boîte personnelle : je suis sûr de le retenir.",
                "Volé ailleurs, il ouvrirait aussi l’hôpital.",
            ),
            wrong("aZ9!", "Compliqué, mais si court qu’un ordinateur le trouve vite."),
        ),
        multiple(
            "Sur l’ordinateur partagé du service, quels gestes sont les bons ?",
            "Vérifier le nom, fermer derrière soi, ne rien laisser traîner : le poste redevient "
            "neutre pour le collègue suivant.",
            right("Vérifier le nom affiché avant d’écrire dans un dossier."),
            wrong(
                "Laisser le navigateur enregistrer mon mot de passe.",
                "Le collègue suivant pourrait entrer à votre nom sans même le vouloir.",
            ),
            right("Fermer le dossier et ma session quand j’ai fini."),
            wrong(
                "Recharger mon téléphone sur une prise USB du poste.",
                "Relié au poste, un téléphone peut échanger des fichiers avec lui. Préférez une "
                "prise murale.",
            ),
            right("Reprendre mes feuilles à l’imprimante sans attendre."),
        ),
        true_false(
            "Je trouve ouverte la session d’une collègue partie en chambre : la verrouiller est "
            "un bon geste.",
            "Vous protégez le patient et votre collègue. Ne lisez rien, n’écrivez rien, "
            "verrouillez et dites-le-lui.",
            is_true=True,
        ),
        single(
            "Au vestiaire, vous ne retrouvez plus votre carte. Que faites-vous ?",
            "Une carte bloquée trop tôt se remplace. Une carte trouvée par un inconnu peut servir "
            "à votre nom.",
            right("Je le signale sans attendre, pour qu’elle soit bloquée."),
            wrong(
                "J’attends demain : elle est sûrement à la maison.",
                "Peut-être. Mais d’ici demain, personne ne sait qui la tient.",
            ),
            wrong(
                "J’emprunte celle d’un collègue pour finir la semaine.",
                "Demandez plutôt le dépannage prévu : une carte ne se prête pas.",
            ),
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
    duration_minutes=8,
    pass_mark=75,
    audiences=STAFF,
    lessons=(LOCK, CARD, PASSWORD, SHARED_STATION),
    quiz=QUIZ,
)
