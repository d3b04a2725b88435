"""«Vous êtes …»: what to do first; a page for each audience, its slug the audience’s code."""

from __future__ import annotations

from starter.content.schema import PageText, call_to_action, key_message, text

PHISHING = "page:/modules/reconnaitre-un-courriel-d-hameconnage/"
ACCESS = "page:/modules/mots-de-passe-cartes-et-postes-partages/"
HEALTH_DATA = "page:/modules/donnees-de-sante-et-messagerie-securisee/"
GOVERNING = "page:/modules/diriger-gouverner-preparer-s-exercer/"
RESOURCES = "page:/ressources/"
SUPPORT_MODULE = "page:/modules/fonctions-support-factures-standard-travaux/"
DIGITAL_MODULE = "page:/modules/sauvegardes-cloisonnement-correctifs-comptes/"
PATIENTS_MODULE = "page:/modules/patients-et-proches-messages-espace-donnees/"

AUDIENCES_PAGE = PageText(
    slug="vous-etes",
    title="Vous êtes…",
    summary="Cinq portes d’entrée, selon ce que vous faites à l’hôpital.",
    body=(
        text(
            """
            <p>La vigilance n’a pas le même visage au bloc, à l’accueil ou à la
            direction. Choisissez votre porte : trois gestes pour commencer, puis un
            module à suivre.</p>
            <ul>
                <li><a href="page:/vous-etes/soignants/">Vous êtes professionnel de
                santé</a></li>
                <li><a href="page:/vous-etes/support/">Vous travaillez dans les
                fonctions support</a></li>
                <li><a href="page:/vous-etes/direction/">Vous dirigez ou encadrez
                une équipe</a></li>
                <li><a href="page:/vous-etes/numerique/">Vous êtes de l’équipe
                numérique</a></li>
                <li><a href="page:/vous-etes/usagers/">Vous êtes patient, proche ou
                visiteur</a></li>
            </ul>
            """
        ),
    ),
)

CARE = PageText(
    slug="soignants",
    title="Vous êtes professionnel de santé",
    summary="Trois gestes qui tiennent entre deux patients.",
    body=(
        text(
            """
            <ol>
                <li><b>Je verrouille, je pars.</b> Deux secondes, même pour une
                sonnette. En cas d’urgence vitale, le collègue qui reste le fait
                pour vous.</li>
                <li><b>Ma carte ne se prête pas.</b> Une remplaçante sans accès ?
                On demande un accès provisoire à son nom.</li>
                <li><b>Données de santé : la messagerie sécurisée.</b> Ni
                messagerie personnelle, ni photo de dossier sur le téléphone.</li>
            </ol>
            """
        ),
        key_message(
            "Le patient d’abord, toujours.",
            "<p>Ces gestes servent le soin. Si l’un d’eux le gêne dans votre service, dites-le : "
            "c’est l’outil qu’il faut changer.</p>",
        ),
        call_to_action("Mots de passe, cartes et postes partagés", ACCESS),
        call_to_action("Données de santé et messagerie sécurisée", HEALTH_DATA),
    ),
)

SUPPORT = PageText(
    slug="support",
    title="Vous travaillez dans les fonctions support",
    summary="Accueil, secrétariat, achats, paie, logistique, technique : les gestes de tous les "
    "jours.",
    body=(
        text(
            """
            <ol>
                <li><b>Un nouveau RIB se confirme au téléphone</b>, au numéro que
                l’on connaissait déjà. Celui d’un fournisseur comme celui d’un
                collègue, pour la paie.</li>
                <li><b>Un doute ? J’appelle avant de cliquer.</b> Candidature,
                facture, colis : ce que vous ouvrez tous les jours est ce que l’on
                imite le mieux.</li>
                <li><b>Une clé USB trouvée va à l’informatique</b>, sans être
                branchée.</li>
            </ol>
            <p>À l’accueil, au téléphone, une identité se vérifie avant de donner un
            numéro de chambre ou un nom. Répondre « je vous rappelle » est toujours
            permis.</p>
            """
        ),
        call_to_action("Fonctions support : factures, standard et travaux", SUPPORT_MODULE),
        call_to_action("Reconnaître un courriel d’hameçonnage", PHISHING),
    ),
)

MANAGEMENT = PageText(
    slug="direction",
    title="Vous dirigez ou encadrez une équipe",
    summary="Donner du temps, donner l’exemple, se préparer.",
    body=(
        text(
            """
            <ol>
                <li><b>Donnez dix minutes.</b> Un module se fait sur le temps de
                travail, à un moment que vous avez choisi avec l’équipe.</li>
                <li><b>Remerciez celui qui signale</b>, surtout s’il a cliqué. Un
                reproche aujourd’hui, c’est un silence demain.</li>
                <li><b>Faites l’exercice.</b> Un service qui a travaillé une heure
                sur papier sait où sont les feuilles, les numéros et les rôles le
                jour venu. Un exercice de crise est obligatoire chaque année.</li>
            </ol>
            <p>Demandez les accès des remplaçants et des étudiants avant leur arrivée,
            et faites fermer ceux des personnes parties : c’est le meilleur moyen que
            les cartes ne se prêtent pas.</p>
            """
        ),
        call_to_action("Diriger : gouverner, préparer, s’exercer", GOVERNING),
    ),
)

DIGITAL = PageText(
    slug="numerique",
    title="Vous êtes de l’équipe numérique",
    summary="DSI, RSSI, biomédical : rendre le bon geste facile.",
    body=(
        text(
            """
            <ol>
                <li><b>Un seul numéro, connu de tous</b>, qui répond aussi la nuit.
                Affichez-le là où sont les postes.</li>
                <li><b>Un bon geste est un geste rapide.</b> Chronométrez un
                changement d’utilisateur au poste de soins à 7 heures : s’il dure,
                la session sera partagée.</li>
                <li><b>Répondez à chaque signalement</b>, même d’un mot. Celui qui
                a reçu une réponse signalera encore.</li>
            </ol>
            <p>Les incidents graves ou significatifs se déclarent sur le portail
            national, que vous trouverez à la page <a
            href="page:/signaler-un-incident/">Signaler un incident</a>. Le CERT Santé
            peut vous aider, à toute heure.</p>
            """
        ),
        call_to_action("Sauvegardes, cloisonnement, correctifs et comptes", DIGITAL_MODULE),
        call_to_action("Télécharger les affiches", RESOURCES),
    ),
)

VISITORS = PageText(
    slug="usagers",
    title="Vous êtes patient, proche ou visiteur",
    summary="Votre attention compte aussi.",
    body=(
        text(
            """
            <ol>
                <li><b>Un message au nom de l’hôpital demande un paiement ou un
                code ?</b> Ne cliquez pas. Appelez l’hôpital au numéro de votre
                convocation ou de son site.</li>
                <li><b>Une clé USB, un badge, une carte trouvés ?</b> Remettez-les
                à l’accueil ou à un soignant.</li>
                <li><b>Un écran ouvert, une porte entrebâillée ?</b> Dites-le
                simplement à l’équipe : elle vous remerciera.</li>
            </ol>
            <p>Gardez pour vous les codes de vos espaces de santé : personne à
            l’hôpital n’a à vous les demander. Un module de moins de dix minutes est
            écrit pour vous : faux messages, espace en ligne, données.</p>
            """
        ),
        call_to_action("Patients et proches : commencer le module", PATIENTS_MODULE),
    ),
)

AUDIENCE_PAGES = (CARE, SUPPORT, MANAGEMENT, DIGITAL, VISITORS)
