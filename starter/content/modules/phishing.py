"""« Reconnaître un courriel d’hameçonnage à l’hôpital »: four lessons and the final quiz.

Addresses end in `.example`, a name that RFC 2606 keeps free: nobody can ever register them.
"""

from __future__ import annotations

from starter.content.figures import REPORTS
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

DISGUISES = LessonText(
    slug="un-message-qui-ressemble-a-votre-journee",
    title="Un message qui ressemble à votre journée",
    summary="À quoi ressemble l’hameçonnage à l’hôpital, et pourquoi il marche.",
    body=(
        text(
            """
            <p>Il est 4 heures. Entre deux sonnettes, un courriel : « Votre boîte sera
            fermée à 6 heures, confirmez votre mot de passe. » Il porte le logo de
            l’hôpital, il n’a pas une faute. Il est faux.</p>
            <p>L’hameçonnage, c’est cela : quelqu’un se fait passer pour un
            interlocuteur connu afin d’obtenir un mot de passe, un paiement ou
            l’ouverture d’un fichier.</p>
            <h3>Quatre déguisements courants</h3>
            <ul>
                <li><b>La DSI</b>, le service informatique : « Boîte pleine,
                reconnectez-vous. » On veut votre mot de passe.</li>
                <li><b>Le transporteur</b> : « Colis du service bloqué, réglez 1,95
                €. » On veut un numéro de carte bancaire.</li>
                <li><b>Le laboratoire</b> : « Résultat urgent de votre patient,
                ouvrez le fichier. » On veut prendre la main sur votre poste.</li>
                <li><b>Le fournisseur</b> : « Notre RIB a changé. » On veut la
                prochaine facture.</li>
            </ul>
            <h3>Pourquoi cela marche</h3>
            <p>Ces messages détournent de bons réflexes : suivre une consigne, rendre
            service, ne pas faire attendre un patient. Ils jouent sur l’urgence,
            l’autorité ou la curiosité. S’y laisser prendre n’est pas un manque
            d’intelligence.</p>
            <p>Les fautes d’orthographe ne sont plus un repère : beaucoup de faux
            courriels sont impeccables. Et le même piège arrive aussi par SMS, par
            téléphone ou derrière un QR code.</p>
            """
        ),
        key_message(
            "On vous presse ? Ralentissez.",
            "<p>Dix secondes, trois questions : qui m’écrit ? que me demande-t-on ? par quel "
            "autre chemin puis-je vérifier ?</p>",
        ),
    ),
)

SENDER_AND_LINK = LessonText(
    slug="qui-m-ecrit-et-ou-mene-ce-lien",
    title="Qui m’écrit, et où mène ce lien ?",
    summary="Lire une adresse et un lien avant de cliquer.",
    body=(
        text(
            """
            <p>Le nom affiché ne prouve rien : chacun peut écrire « Service
            informatique » devant son adresse. Lisez l’adresse elle-même, surtout ce
            qui suit le signe @.</p>
            <h3>L’adresse de l’expéditeur</h3>
            <p>Dans ces exemples inventés, les adresses de l’hôpital finissent par
            <b>@hopital.example</b>.</p>
            <ul>
                <li>support@hopital.example : c’est bien l’adresse de
                l’hôpital.</li>
                <li>support@hopital-assistance.example : un autre nom, qui contient
                le mot « hopital ».</li>
                <li>support@hopita1.example : le chiffre 1 a pris la place de la
                lettre l.</li>
            </ul>
            <p>Une adresse exacte rassure, sans suffire : le compte d’un collègue peut
            avoir été piraté. Si sa demande vous surprend, appelez-le.</p>
            <h3>Lire un lien sans l’ouvrir</h3>
            <p>Sur un ordinateur, posez le pointeur sur le lien sans cliquer : son
            adresse s’affiche, souvent en bas de la fenêtre. Repérez la première barre
            oblique après « https:// », puis lisez le nom du site <b>par la fin</b>,
            juste avant elle.</p>
            <ul>
                <li>https://messagerie.<b>hopital.example</b>/connexion mène à
                l’hôpital.</li>
                <li>https://hopital.example.<b>verif-agents.example</b>/connexion
                mène chez un inconnu.</li>
            </ul>
            <p>Sur un téléphone, l’adresse se lit mal : attendez d’être devant un
            ordinateur, ou passez par l’application habituelle. Quant au cadenas, il
            dit que la liaison est chiffrée, pas que le site est honnête.</p>
            """
        ),
        key_message(
            "Dans le doute, je ne prends pas le lien.",
            "<p>J’ouvre l’application par mon raccourci habituel. Si le message dit vrai, j’y "
            "retrouverai l’information.</p>",
        ),
    ),
)

OTHER_PATH = LessonText(
    slug="verifier-par-un-autre-chemin",
    title="Vérifier par un autre chemin",
    summary="Pièce jointe, RIB, code par SMS : comment vérifier une demande inhabituelle.",
    body=(
        text(
            """
            <p>Une pièce jointe à ouvrir, un paiement à faire, un code à donner : dès
            qu’un message vous demande d’agir, vérifiez sans vous servir du message. Ni
            son lien, ni son numéro, ni le bouton « Répondre ».</p>
            <h3>Un résultat d’examen en pièce jointe</h3>
            <p>Vos résultats arrivent d’ordinaire dans le dossier patient ou par la
            messagerie sécurisée de santé. Cherchez celui-ci à sa place habituelle, ou
            appelez le laboratoire au numéro de l’annuaire interne.</p>
            <h3>Un fournisseur qui change de RIB</h3>
            <p>Appelez votre contact au numéro du contrat ou d’une ancienne facture. Le
            changement attend cette confirmation, même si « le virement part ce soir
            ».</p>
            <h3>Un « technicien » au téléphone</h3>
            <p>Il veut prendre la main sur le poste, ou le code que vous venez de
            recevoir par SMS. Raccrochez et rappelez le service informatique au numéro
            habituel : un vrai technicien comprendra.</p>
            <h3>Un document qui demande d’« activer le contenu »</h3>
            <p>Fermez-le : ce bouton peut lancer un programme caché dans le
            fichier.</p>
            """
        ),
        do_dont(
            do=[
                "Rappeler au numéro de l’annuaire interne ou du contrat",
                "Ouvrir le dossier patient par son raccourci habituel",
                "Montrer l’écran à un collègue : deux regards valent mieux qu’un",
            ],
            dont=[
                "Donner un mot de passe ou un code reçu par SMS, à qui que ce soit",
                "Appeler le numéro écrit dans le message douteux",
                "Activer le contenu d’un document inattendu",
            ],
        ),
        key_message(
            "Un doute ? J’appelle avant de cliquer.",
            "<p>Votre appel ne dérange pas : il protège aussi les collègues qui ont reçu le même "
            "message.</p>",
        ),
    ),
)

REPORT = LessonText(
    slug="un-doute-un-clic-je-le-dis",
    title="Un doute, un clic : je le dis",
    summary="Signaler un message, et que faire si l’on a cliqué. Puis le quiz.",
    body=(
        text(
            """
            <h3>Le message est douteux</h3>
            <p>Signalez-le au service informatique, par le bouton ou l’adresse prévus
            dans votre établissement. N’y répondez pas. Ne le transférez pas à vos
            collègues : vous leur enverriez le piège, avec votre nom pour les
            rassurer.</p>
            <h3>Vous avez cliqué, ouvert ou répondu</h3>
            <ol>
                <li><b>Appelez tout de suite</b> le service informatique ou, la
                nuit et le week-end, l’astreinte.</li>
                <li><b>Racontez simplement</b> : l’heure, le poste, le message, ce
                que vous avez saisi.</li>
                <li><b>Changez depuis un autre poste</b> le mot de passe que vous
                avez donné, partout où il sert.</li>
                <li><b>Laissez le poste allumé</b> et n’essayez pas de réparer : on
                vous guidera au téléphone.</li>
            </ol>
            <p>Plus l’appel est rapide, plus il est facile de protéger les autres
            services. Un appel pour rien est un bon appel.</p>
            """
        ),
        REPORTS,
        key_message(
            "Dire vite, c’est protéger.",
            "<p>Cliquer peut arriver à chacun. Le dire aide tout le monde.</p>",
        ),
    ),
)

QUIZ = QuizText(
    title="Reconnaître un courriel d’hameçonnage : le quiz",
    questions=(
        single(
            "3 h 40, un courriel : « DSI : votre messagerie sera bloquée à 6 heures, confirmez "
            "votre mot de passe ici. » Que faites-vous ?",
            "L’urgence et la demande de mot de passe, ensemble, suffisent à alerter. On vérifie "
            "par le numéro habituel, jamais par le message.",
            wrong(
                "Je clique, pour ne pas bloquer l’équipe de jour.",
                "L’échéance est là pour vous presser. Le service informatique n’a pas besoin de "
                "votre mot de passe.",
            ),
            wrong(
                "Je réponds pour demander si c’est bien la DSI.",
                "C’est l’auteur du piège qui vous répondra oui.",
            ),
            right(
                "Je ne clique pas et je signale le message au service informatique.",
                "Oui. Et si un blocage était vraiment prévu, on vous le dira.",
            ),
        ),
        true_false(
            "Un courriel sans faute d’orthographe, avec le logo de l’hôpital, est sûr.",
            "Un logo se copie, et beaucoup de faux courriels sont impeccables. Ce sont l’adresse, "
            "le lien et la demande qui renseignent.",
            is_true=False,
        ),
        single(
            "Les sites de l’hôpital finissent par hopital.example. Quel lien mène à l’un d’eux ?",
            "Le nom d’un site se lit par la fin, juste avant la première barre oblique qui suit « "
            "https:// ».",
            wrong(
                "https://hopital.example.connexion-agents.example/planning",
                "Lu par la fin, ce site est connexion-agents.example.",
            ),
            right(
                "https://planning.hopital.example/connexion", "Oui : il finit par hopital.example."
            ),
            wrong(
                "https://hopital-planning.example/connexion",
                "hopital-planning.example est un autre nom, que n’importe qui peut réserver.",
            ),
        ),
        multiple(
            "Un courriel annonce le résultat urgent d’un patient, dans un fichier joint que vous "
            "n’attendiez pas. Quels gestes conviennent ?",
            "L’information se cherche à sa place habituelle ou se demande au téléphone, sans "
            "ouvrir le fichier. Si le résultat existe, vous l’aurez.",
            right("Chercher le résultat dans le dossier patient."),
            wrong(
                "Ouvrir le fichier : un patient attend peut-être.",
                "Le patient passe d’abord : c’est pourquoi on va au dossier ou au téléphone, qui "
                "répondent sans risque.",
            ),
            right("Appeler le laboratoire au numéro de l’annuaire interne."),
            wrong(
                "Transférer le message au médecin de garde.",
                "Vous lui enverriez le piège, avec votre nom pour le rassurer.",
            ),
        ),
        single(
            "Vous travaillez aux services économiques. Un fournisseur écrit que son RIB a changé "
            "et joint le nouveau. Que faites-vous ?",
            "De nouvelles coordonnées bancaires se confirment toujours par un autre chemin, avec "
            "un interlocuteur connu, avant tout paiement.",
            right("J’appelle mon contact au numéro qui figure au contrat."),
            wrong(
                "J’appelle le numéro indiqué dans le courriel.",
                "C’est peut-être le fraudeur qui décrochera.",
            ),
            wrong(
                "Je l’enregistre : le courriel vient de l’adresse habituelle.",
                "Une adresse peut être imitée, et la boîte du fournisseur piratée.",
            ),
        ),
        true_false(
            "Un message venu de la vraie adresse d’un collègue peut être un piège.",
            "Son compte a pu être piraté. Si la demande vous surprend, appelez-le : il sera "
            "content de l’apprendre.",
            is_true=True,
        ),
        multiple(
            "Vous avez saisi votre mot de passe sur une page qui, maintenant, vous paraît "
            "suspecte. Que faites-vous ?",
            "Appeler et changer le mot de passe : dans cet ordre ou dans l’autre, mais sans "
            "attendre. Personne d’autre que vous ne peut donner l’alerte aussi tôt.",
            right("J’appelle tout de suite le service informatique ou l’astreinte."),
            wrong(
                "J’attends la fin de mon service pour ne déranger personne.",
                "Chaque heure laisse à un inconnu le temps d’utiliser votre compte. L’astreinte "
                "est là pour cela.",
            ),
            right("Je change ce mot de passe depuis un autre poste."),
            wrong(
                "J’efface le message et je n’en parle pas.",
                "Ce message permet de protéger les collègues qui l’ont reçu aussi.",
            ),
        ),
        single(
            "Un « technicien » vous appelle : il voit un virus sur votre poste et demande le code "
            "que vous venez de recevoir par SMS. Que faites-vous ?",
            "Un code reçu par SMS ne se donne à personne. On rappelle le service informatique au "
            "numéro habituel.",
            wrong(
                "Je lui dicte le code : il essaie de m’aider.",
                "Ce code lui ouvrirait votre compte.",
            ),
            right("Je raccroche et j’appelle le service informatique au numéro habituel."),
            wrong(
                "Je lui demande son nom et son service, puis je donne le code.",
                "Un nom et un service se trouvent dans un annuaire : ils ne prouvent rien.",
            ),
        ),
    ),
)

MODULE = ModuleText(
    slug="reconnaitre-un-courriel-d-hameconnage",
    title="Reconnaître un courriel d’hameçonnage à l’hôpital",
    summary="Faux message de la DSI, faux colis, faux résultat, faux RIB : trois questions à se "
    "poser avant de cliquer, et que faire si l’on a cliqué.",
    objectives=html(
        """
        <ul>
            <li>Repérer un message qui cherche à vous presser</li>
            <li>Lire l’adresse d’un expéditeur et celle d’un lien</li>
            <li>Vérifier une demande inhabituelle par un autre chemin</li>
            <li>Signaler un doute ou un clic, tout de suite et sans gêne</li>
        </ul>
        """
    ),
    duration_minutes=8,
    pass_mark=75,
    audiences=STAFF,
    lessons=(DISGUISES, SENDER_AND_LINK, OTHER_PATH, REPORT),
    quiz=QUIZ,
)
