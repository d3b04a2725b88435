"""Texts to copy: what goes to the press, what goes on the intranet, the screens and the networks.

Square brackets are blanks that each establishment fills. Quotations are left blank: they are said
by somebody, or not printed. A figure stands with who published it and when. Messages carry no link
to click: a campaign against hameçonnage must not look like it.
"""

from __future__ import annotations

from dataclasses import dataclass

from campaign_assets.enums import TextKind, Theme
from starter.content.schema import html

SOURCE_2019 = "Ministère des Solidarités et de la Santé et ASIP Santé, novembre 2019"
SOURCE_CARE = "Délégation au numérique en santé, programme CaRE, bilan de l’année 2024"

KEY_FIGURES = f"""
    <ul>
        <li><b>3 036</b> hôpitaux en France, qui n’ont pas tous la même maîtrise du sujet
        ({SOURCE_2019}).</li>
        <li><b>693</b> incidents signalés en deux ans, depuis que la loi oblige à les signaler
        (1er octobre 2017). Ils viennent de 250 à 300 structures seulement : beaucoup d’autres
        incidents sont restés tus ({SOURCE_2019}).</li>
        <li><b>1 sur 2</b> : la moitié des incidents signalés a obligé l’établissement à
        travailler en mode dégradé ({SOURCE_2019}).</li>
        <li><b>40 à 43 %</b> des incidents signalés étaient malveillants : les autres sont des
        pannes et des erreurs ({SOURCE_2019}).</li>
        <li><b>79 %</b> des établissements avaient fait ou prévu un exercice de crise à la fin de
        2024 ({SOURCE_CARE}).</li>
    </ul>
"""
ABOUT_CAMPAIGN = """
    <p>« Tous cyber vigilant » est une campagne de sensibilisation à la cybersécurité, née pour les
    établissements de santé. Lancée le 28 novembre 2019 par la ministre des Solidarités et de la
    Santé avec l’ASIP Santé, devenue l’Agence du Numérique en Santé, elle poursuit trois
    objectifs : mettre la cybersécurité au cœur de la gouvernance de l’hôpital, installer une vraie
    hygiène numérique, renforcer la communauté nationale de la santé numérique. Elle s’adresse à
    tous : directions, équipes numériques, professionnels de santé, fonctions support, usagers.</p>
"""


@dataclass(frozen=True)
class StarterText:
    """A text with what its page says of it. `text` and `advice` are HTML."""

    slug: str
    title: str
    kind: TextKind
    theme: Theme
    summary: str
    heading: str
    text: str
    advice: str
    audiences: tuple[str, ...] = ()


PRESS_RELEASE = StarterText(
    slug="communique-de-presse",
    title="Communiqué de presse à compléter",
    kind=TextKind.PRESS,
    theme=Theme.WHOLE,
    summary="Pour annoncer la campagne dans la presse locale : une page, des blancs à remplir, des "
    "chiffres sourcés.",
    heading="[Nom de l’établissement] se mobilise avec la campagne « Tous cyber vigilant »",
    text=html(
        f"""
        <p><b>Communiqué de presse</b> · [Ville], le [date]</p>
        <p><b>À partir du [date], [nom de l’établissement] déploie auprès de ses [nombre]
        professionnels la campagne « Tous cyber vigilant ». Des affiches, deux vidéos et des
        modules de cinq à dix minutes portent un même message : la cybersécurité, c’est la
        continuité de la sécurité des soins.</b></p>
        <h3>Protéger l’outil, c’est protéger le patient</h3>
        <p>Dossier du patient, résultats d’examens, rendez-vous, appareils connectés : à l’hôpital,
        le soin passe par le numérique. Quand un système s’arrête, des soins sont retardés. La
        moitié des incidents signalés par les structures de santé a obligé l’établissement à
        travailler en mode dégradé.</p>
        <p>[Deux phrases sur l’établissement : ce qu’il a déjà fait, ce que cette campagne
        change.]</p>
        <h3>Ce que l’établissement met en place</h3>
        <ul>
            <li><b>Des gestes affichés là où ils se font</b> : verrouiller sa session en partant,
            appeler avant de cliquer, garder sa carte sur soi. Les affiches sont en place dans [les
            lieux].</li>
            <li><b>Deux vidéos sans son</b>, d’une quarantaine de secondes, sur [les écrans du
            personnel].</li>
            <li><b>Des modules de cinq à dix minutes</b>, suivis sur le temps de travail, avec une
            attestation.</li>
            <li><b>Un exercice de crise</b> en [mois] : les services concernés travailleront sans
            informatique, comme ils le feraient le jour d’une attaque. [À supprimer si aucun
            exercice n’est prévu.]</li>
            <li><b>Un réflexe</b> : au moindre doute, les équipes appellent [le service à
            joindre].</li>
        </ul>
        <h3>Ils en parlent</h3>
        <p>« [Citation de la direction, une ou deux phrases : pourquoi l’établissement
        s’engage.] » [Prénom, nom, fonction]</p>
        <p>« [Citation d’un professionnel de santé : ce que ces gestes changent dans une journée de
        travail.] » [Prénom, nom, fonction]</p>
        <p>« [Citation du responsable de la sécurité des systèmes d’information : ce qu’il attend
        des équipes, ce qu’elles peuvent attendre de lui.] » [Prénom, nom, fonction]</p>
        <h3>Chiffres clés</h3>
        {KEY_FIGURES}
        <h3>À propos de [nom de l’établissement]</h3>
        <p>[Trois lignes : territoire, activités, nombre de lits et de professionnels.]</p>
        <h3>À propos de « Tous cyber vigilant »</h3>
        {ABOUT_CAMPAIGN}
        <h3>Contact presse</h3>
        <p>[Prénom, nom] · [téléphone] · [adresse électronique]</p>
        """
    ),
    advice=html(
        """
        <ul>
            <li>Remplissez tous les crochets, puis relisez : il ne doit plus en rester un seul.</li>
            <li>Une citation est dite ou écrite par la personne, qui la valide. Sans citation,
            supprimez le paragraphe.</li>
            <li>Faites relire par le RSSI : un communiqué ne dit ni quels logiciels vous utilisez,
            ni ce qui vous manque.</li>
            <li>Envoyez-le le matin du lancement, une fois le personnel prévenu : personne ne doit
            apprendre la campagne par le journal.</li>
        </ul>
        """
    ),
    audiences=("direction",),
)

PRESS_FILE = StarterText(
    slug="dossier-de-presse",
    title="Dossier de presse : questions et réponses",
    kind=TextKind.PRESS,
    theme=Theme.WHOLE,
    summary="De quoi répondre à une rédaction : l’essentiel, les chiffres et leurs sources, les "
    "questions qui viennent toujours.",
    heading="« Tous cyber vigilant » à [nom de l’établissement] : dossier de presse",
    text=html(
        f"""
        <h3>L’essentiel en trois phrases</h3>
        <p>La cybersécurité, c’est la continuité de la sécurité des soins. Elle n’est pas l’affaire
        des seuls informaticiens : un écran verrouillé, un appel avant de cliquer, une erreur dite
        tout de suite protègent les patients. La campagne apprend ces gestes à tous les
        professionnels de [nom de l’établissement].</p>
        <h3>Questions et réponses</h3>
        <p><b>L’hôpital a-t-il été attaqué ?</b> [Réponse validée par la direction et le RSSI. En
        cas d’incident en cours, ne répondez pas : renvoyez vers la cellule de crise.]</p>
        <p><b>Pourquoi les hôpitaux sont-ils touchés ?</b> Parce qu’ils ne peuvent pas s’arrêter et
        que leurs données sont précieuses. Mais un incident sur deux, ou davantage, n’est pas
        malveillant : c’est une panne ou une erreur. Les mêmes gestes protègent des deux.</p>
        <p><b>Que demandez-vous aux soignants, qui n’ont pas le temps ?</b> Des gestes de deux
        secondes, et des modules de cinq à dix minutes, suivis sur le temps de travail. Aucun geste
        ne passe avant une urgence vitale.</p>
        <p><b>Que risque quelqu’un qui a cliqué ?</b> Rien pour l’avoir dit. Prévenir vite est ce
        qui protège le mieux l’hôpital ; la campagne a une affiche pour cela : « J’ai cliqué ? Je
        le dis. »</p>
        <p><b>Que doivent faire les patients ?</b> Ce qu’ils font déjà chez eux : ne pas répondre à
        un message pressant qui se réclame de l’hôpital, et appeler au numéro qui figure sur leur
        convocation.</p>
        <p><b>L’établissement signale-t-il ses incidents ?</b> Oui, la loi l’y oblige quand ils sont
        graves ou significatifs (article L. 1111-8-2 du code de la santé publique). Le signalement
        parvient au CERT Santé de l’Agence du Numérique en Santé, joignable à toute heure.</p>
        <h3>Chiffres clés</h3>
        {KEY_FIGURES}
        <h3>Images et vidéos</h3>
        <p>Les affiches, les visuels et les deux vidéos sont libres d’emploi sous Licence
        Ouverte 2.0, avec la mention « Tous cyber vigilant ». Les vidéos sont sans son ; leurs
        sous-titres et leur transcription sont fournis.</p>
        <h3>À propos de « Tous cyber vigilant »</h3>
        {ABOUT_CAMPAIGN}
        <h3>Contact presse</h3>
        <p>[Prénom, nom] · [téléphone] · [adresse électronique]</p>
        """
    ),
    advice=html(
        """
        <ul>
            <li>Pour la personne qui répond aux journalistes : elle le garde, ou en envoie les
            parties utiles.</li>
            <li>Les chiffres se citent avec leur source et leur date. N’en ajoutez pas sans
            source.</li>
            <li>Pendant un incident, ce dossier ne s’applique plus : seule la cellule de crise
            s’exprime.</li>
        </ul>
        """
    ),
    audiences=("direction",),
)

LAUNCH = StarterText(
    slug="message-de-lancement",
    title="Message de lancement de la campagne",
    kind=TextKind.MESSAGE,
    theme=Theme.WHOLE,
    summary="Le premier message à tous, signé par la direction : pourquoi, quoi, combien de temps.",
    heading="Tous cyber vigilant : des gestes de deux secondes pour protéger les soins",
    text=html(
        """
        <p>Bonjour,</p>
        <p>Un dossier inaccessible, un appareil arrêté, et c’est un soin retardé. <b>La
        cybersécurité, c’est la continuité de la sécurité des soins</b> : elle passe par chacun de
        nous, quel que soit son métier.</p>
        <p>À partir du [date], vous verrez la campagne « Tous cyber vigilant » dans les couloirs,
        les salles de soins et sur les écrans. Elle demande peu, et toujours la même chose : un
        geste.</p>
        <ul>
            <li><b>Je verrouille, je pars.</b> Windows + L ou carte retirée, chaque fois que je
            m’éloigne.</li>
            <li><b>Un doute ? J’appelle avant de cliquer.</b> Avec un numéro que je connais
            déjà.</li>
            <li><b>J’ai cliqué ? Je le dis.</b> Tout de suite, sans crainte : personne ne sera
            blâmé pour avoir prévenu.</li>
        </ul>
        <p>Pour aller plus loin, un module prend de cinq à dix minutes, sur votre temps de travail,
        en une fois ou en plusieurs. Votre cadre vous dira quand.</p>
        <p><b>Où le trouver ?</b> Sur l’intranet, rubrique [rubrique]. Ce message ne contient aucun
        lien : c’est voulu.</p>
        <p>Un doute, une question, un message étrange ? [Service informatique] : [numéro].</p>
        <p>Merci de votre vigilance,</p>
        <p>[Prénom, nom], [fonction]</p>
        """
    ),
    advice=html(
        """
        <ul>
            <li>À tout le personnel, internes, intérimaires et étudiants compris, le matin du
            lancement.</li>
            <li>Publiez-le d’abord sur l’intranet, puis envoyez-le depuis une adresse que tous
            connaissent.</li>
            <li>N’y ajoutez ni lien raccourci, ni pièce jointe, ni date limite : il ressemblerait à
            ce dont il met en garde.</li>
        </ul>
        """
    ),
)

MANAGERS = StarterText(
    slug="message-aux-cadres",
    title="Message aux cadres avant le lancement",
    kind=TextKind.MESSAGE,
    theme=Theme.WHOLE,
    summary="Une semaine avant : ce que chaque cadre prépare, et ce qu’il peut répondre à son "
    "équipe.",
    heading="Tous cyber vigilant : ce que nous vous demandons d’ici au [date]",
    text=html(
        """
        <p>Chers collègues,</p>
        <p>La campagne « Tous cyber vigilant » commence le [date]. Votre équipe vous regardera
        faire plus qu’elle ne lira les affiches. Nous vous demandons trois choses.</p>
        <ol>
            <li><b>Choisir un moment.</b> Un module prend de cinq à dix minutes, sur le temps de
            travail : pendant une relève, une réunion de service, un temps calme.</li>
            <li><b>Choisir un mur.</b> Deux ou trois affiches suffisent, près de l’endroit où le
            geste se fait : au-dessus du poste partagé, en salle de pause, près de
            l’imprimante.</li>
            <li><b>Remercier qui signale.</b> Surtout s’il a cliqué. Un reproche aujourd’hui, c’est
            un silence demain.</li>
        </ol>
        <p>Un geste gêne le soin dans votre service ? Dites-le-nous : c’est l’outil qu’il faut
        changer, pas le soin.</p>
        <p>Votre contact : [prénom, nom], [numéro].</p>
        """
    ),
    advice=html(
        """
        <ul>
            <li>Aux cadres de santé, cadres administratifs et responsables de service, une semaine
            avant le lancement.</li>
            <li>Dix minutes en réunion d’encadrement valent mieux que le seul message.</li>
        </ul>
        """
    ),
    audiences=("direction",),
)

PHISHING_WEEK = StarterText(
    slug="messages-de-la-semaine-hameconnage",
    title="Messages de la semaine hameçonnage",
    kind=TextKind.MESSAGE,
    theme=Theme.PHISHING,
    summary="Cinq billets courts pour l’intranet, un par jour, du premier signe à ce que l’on fait "
    "quand on a cliqué.",
    heading="Semaine hameçonnage : un doute ? J’appelle avant de cliquer.",
    text=html(
        """
        <h3>Lundi : l’urgence est un appât</h3>
        <p>« Votre boîte ferme ce soir. » « Facture impayée, dernier rappel. » Un message
        d’hameçonnage nous presse pour que nous ne réfléchissions pas. <b>Plus un message est
        pressé, plus je prends mon temps.</b></p>
        <h3>Mardi : qui m’écrit vraiment ?</h3>
        <p>Le nom affiché se choisit librement ; l’adresse, un peu moins. Je la lis en entier, à
        partir de la fin. Et je me demande : est-ce que j’attendais ce message, de cette personne,
        sous cette forme ? <b>Si la réponse est non, je n’ouvre ni lien, ni pièce jointe.</b></p>
        <h3>Mercredi : j’appelle</h3>
        <p>Un changement de RIB, une demande de mot de passe, une candidature inattendue : un appel
        d’une minute lève le doute. <b>Je prends le numéro dans l’annuaire, jamais dans le
        message.</b></p>
        <h3>Jeudi : je signale</h3>
        <p>Si j’ai reçu ce message, d’autres l’ont reçu aussi. Je le signale à [adresse ou bouton de
        signalement], sans le transférer à mes collègues. <b>Un signalement protège tout
        l’hôpital.</b></p>
        <h3>Vendredi : j’ai cliqué ? Je le dis.</h3>
        <p>Cela peut arriver à tout le monde, un jour de fatigue, au bout d’une garde. J’appelle
        aussitôt [service informatique] au [numéro], même si rien ne semble s’être passé, même
        longtemps après. <b>Personne n’est blâmé pour avoir prévenu.</b></p>
        """
    ),
    advice=html(
        """
        <ul>
            <li>Un billet par jour, le matin, avec le visuel de l’hameçonnage. Laissez-les en ligne
            toute la semaine.</li>
            <li>Prévenez le support informatique : il recevra davantage d’appels, et c’est le
            but.</li>
            <li>Vous prévoyez un faux hameçonnage d’essai ? Ne le faites pas cette semaine-là, et
            n’en publiez jamais de résultat par personne.</li>
        </ul>
        """
    ),
)

RANSOMWARE_EXERCISE = StarterText(
    slug="messages-de-l-exercice-rancongiciel",
    title="Messages de l’exercice rançongiciel",
    kind=TextKind.MESSAGE,
    theme=Theme.RANSOMWARE,
    summary="Avant, pendant, après : trois messages pour un exercice de crise compris de tous.",
    heading="EXERCICE : travailler sans informatique, le [date]",
    text=html(
        """
        <h3>Une semaine avant</h3>
        <p>Le [date], de [heure] à [heure], [services concernés] feront comme si un rançongiciel
        avait bloqué l’informatique. <b>C’est un exercice.</b> Il est obligatoire chaque année, et
        il sert à vérifier que chacun sait où sont les feuilles, les numéros et les rôles.</p>
        <ul>
            <li>Aucun soin n’est retardé : en cas de besoin, l’exercice s’arrête dans votre
            service. Il suffit de dire « hors exercice ».</li>
            <li>Repérez dès maintenant le classeur des procédures dégradées : [emplacement].</li>
            <li>Relisez la carte réflexe : ne pas éteindre, débrancher le réseau sauf si l’appareil
            participe à un soin, appeler.</li>
        </ul>
        <h3>Le jour même</h3>
        <p><b>EXERCICE, EXERCICE, EXERCICE.</b> À partir de maintenant, considérez que [les
        applications concernées] ne répondent plus. Passez aux procédures sur papier. Toute
        question : [numéro de la cellule d’exercice]. Une urgence réelle : dites « hors
        exercice », et agissez comme d’habitude.</p>
        <p><b>Fin de l’exercice</b> à [heure]. Les applications peuvent de nouveau être utilisées.
        Merci à tous.</p>
        <h3>La semaine suivante</h3>
        <p>Merci à [services]. L’exercice du [date] nous a appris [ce qui a bien fonctionné, en une
        phrase] et nous a montré [ce que nous allons changer, en une phrase]. D’ici au [date],
        [qui] s’occupe de [quoi].</p>
        <p>Il ne s’agissait de juger personne. Une difficulté n’a pas été dite ? [Prénom, nom], au
        [numéro], la recueille.</p>
        """
    ),
    advice=html(
        """
        <ul>
            <li>Le mot EXERCICE ouvre chaque message, à l’écrit comme au téléphone.</li>
            <li>Prévenez aussi le standard, la sécurité, le SAMU et les établissements
            voisins qui pourraient s’inquiéter.</li>
            <li>Le jour même, ne passez pas par la messagerie si elle est censée être en panne :
            haut-parleurs, téléphone, affichage.</li>
            <li>Le troisième message est celui qui compte : il dit ce qui change.</li>
        </ul>
        """
    ),
    audiences=("direction", "numerique"),
)

STAFF_SCREENS = StarterText(
    slug="messages-pour-les-ecrans",
    title="Messages pour les écrans du personnel",
    kind=TextKind.MESSAGE,
    theme=Theme.WHOLE,
    summary="Des phrases à lire en passant, chacune avec la vidéo ou le visuel qui va avec.",
    heading="Écrans du personnel : un geste à la fois",
    text=html(
        """
        <ul>
            <li><b>Je verrouille, je pars.</b> Windows + L ou carte retirée, chaque fois que je
            m’éloigne. <i>Vidéo ou visuel « Je verrouille, je pars. »</i></li>
            <li><b>Un doute ? J’appelle avant de cliquer.</b> Avec un numéro que je connais déjà.
            <i>Vidéo « J’appelle avant de cliquer ».</i></li>
            <li><b>Un accès, un mot de passe.</b> Long, différent, et gardé dans le coffre-fort.
            <i>Visuel « Un accès, un mot de passe. »</i></li>
            <li><b>Données de santé : messagerie sécurisée.</b> Jamais une application privée, même
            pour un avis urgent. <i>Visuel « Données de santé : messagerie sécurisée. »</i></li>
            <li><b>J’ai cliqué ? Je le dis.</b> Tout de suite, au [numéro]. <i>Visuel « J’ai
            cliqué ? Je le dis. »</i></li>
            <li><b>Le jour J se prépare avant.</b> Exercice le [date] : où est le classeur du mode
            dégradé ? <i>Visuel « Le jour J se prépare avant. »</i></li>
        </ul>
        """
    ),
    advice=html(
        """
        <ul>
            <li>Un message par écran, quinze secondes, deux semaines de suite : plus souvent, on ne
            le voit plus.</li>
            <li>Les visuels sont au format 1920 × 1080 dans la galerie. Les vidéos sont sans son et
            leurs mots sont à l’image : elles passent telles quelles.</li>
            <li>Ces écrans-là sont pour le personnel. En salle d’attente, ne montrez que ce qui
            concerne les usagers, comme le visuel « Un SMS de l’hôpital ? Je vérifie. »</li>
        </ul>
        """
    ),
)

SOCIAL_POSTS = StarterText(
    slug="messages-pour-les-reseaux-sociaux",
    title="Messages pour les réseaux sociaux",
    kind=TextKind.MESSAGE,
    theme=Theme.WHOLE,
    summary="Six publications pour les comptes de l’établissement, chacune avec son image et son "
    "texte alternatif.",
    heading="Réseaux sociaux : six publications",
    text=html(
        """
        <h3>1. Le lancement</h3>
        <p>La cybersécurité, c’est la continuité de la sécurité des soins. À partir
        d’aujourd’hui, les équipes de [nom de l’établissement] apprennent les gestes qui protègent
        nos patients. #TousCyberVigilant</p>
        <p><i>Visuel « Je verrouille, je pars. » Texte alternatif : Un grand cadenas jaune dont la
        serrure est la pupille d’un œil ouvert. Je verrouille, je pars.</i></p>
        <h3>2. Le geste</h3>
        <p>Deux secondes pour verrouiller une session, et le dossier du patient reste entre de
        bonnes mains. Même à 3 h 40, même pour une sonnette. #TousCyberVigilant</p>
        <p><i>Vidéo « Je verrouille, je pars », avec ses sous-titres.</i></p>
        <h3>3. L’appel</h3>
        <p>Un message pressant, une pièce jointe inattendue ? Dans nos services, on appelle avant de
        cliquer. Et vous ? #TousCyberVigilant</p>
        <p><i>Vidéo « J’appelle avant de cliquer », avec ses sous-titres.</i></p>
        <h3>4. Pour les patients</h3>
        <p>Un SMS ou un courriel au nom de l’hôpital vous demande de payer ou de confirmer vos
        coordonnées ? N’ouvrez pas le lien. Appelez le service au numéro de votre convocation.
        #TousCyberVigilant</p>
        <p><i>Visuel « Un SMS de l’hôpital ? Je vérifie. » Texte alternatif : Une enveloppe marquée
        d’un œil, prise à un hameçon. Un SMS de l’hôpital ? Je vérifie.</i></p>
        <h3>5. Sans reproche</h3>
        <p>Tout le monde peut se tromper. Ce qui protège l’hôpital, c’est de le dire tout de suite.
        Merci à celles et ceux qui signalent. #TousCyberVigilant</p>
        <p><i>Visuel « J’ai cliqué ? Je le dis. » Texte alternatif : Une grande bulle de parole vert
        menthe dont le centre est un œil ouvert. J’ai cliqué ? Je le dis.</i></p>
        <h3>6. Le merci</h3>
        <p>[Nombre] professionnels de [nom de l’établissement] ont suivi un module « Tous cyber
        vigilant ». Merci à eux, et à tous ceux qui suivront. #TousCyberVigilant</p>
        <p><i>Une photo de l’équipe, avec l’accord de chacun. Texte alternatif : [ce que l’on y
        voit, en une phrase].</i></p>
        """
    ),
    advice=html(
        """
        <ul>
            <li>Une publication par semaine. Collez toujours le texte alternatif avec
            l’image.</li>
            <li>Pas de photo prise devant un écran, un badge ou un tableau de service.</li>
            <li>Le nombre de la sixième publication vient de votre suivi : ne l’arrondissez
            pas.</li>
        </ul>
        """
    ),
    audiences=("direction",),
)

TEXTS = (
    PRESS_RELEASE,
    PRESS_FILE,
    LAUNCH,
    MANAGERS,
    PHISHING_WEEK,
    RANSOMWARE_EXERCISE,
    STAFF_SCREENS,
    SOCIAL_POSTS,
)
