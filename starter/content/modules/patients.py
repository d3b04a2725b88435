"""« Patients et proches : vos messages, votre espace, vos données »: three lessons and a quiz.

For the public: no word of the trade, and nothing that frightens.
"""

from __future__ import annotations

from starter.content.schema import (
    EASY,
    HARD,
    LessonText,
    ModuleText,
    QuizText,
    ask_first,
    case,
    clue,
    commitment,
    gestures,
    harmless,
    html,
    key_message,
    mail,
    matching,
    misconception,
    multiple,
    plain,
    right,
    risky,
    safe,
    single,
    sorting,
    text,
    true_false,
    wrong,
)

# What each question is about: two of each are drawn.
MESSAGES, PORTAL, DATA, VISIT = "messages", "espace en ligne", "données", "à l’hôpital"

WHO_WRITES = LessonText(
    slug="est-ce-bien-l-hopital-qui-m-ecrit",
    title="Est-ce bien l’hôpital qui m’écrit ?",
    summary="Reconnaître un faux message, et savoir qui appeler.",
    body=(
        case(
            "La facture de Mme D.",
            """
            <p>Exemple. Mme D. rentre de l’hôpital. Deux jours plus tard, un SMS : « Hôpital :
            18,50 € restent dus, dernier rappel. » La somme paraît juste, le lien est sous le
            doigt. Elle prend plutôt son bulletin de sortie et compose le numéro imprimé. Elle ne
            doit rien. L’hôpital la remercie et met un avertissement sur son site.</p>
            """,
        ),
        text(
            """
            <h3>Ce que l’hôpital ne vous demande jamais</h3>
            <ul>
                <li>Votre mot de passe.</li>
                <li>Le code secret de votre carte bancaire, ou une photo de la carte.</li>
                <li>De lire à quelqu’un un code reçu par SMS. Un tel code se tape, sur le site que
                vous avez ouvert vous-même.</li>
                <li>De laisser quelqu’un prendre la main sur votre ordinateur ou votre
                téléphone.</li>
            </ul>
            <p>L’hôpital peut en revanche vous rappeler un rendez-vous ou vous envoyer une facture.
            Un doute ? Ne touchez pas au lien : appelez le numéro de votre convocation, ou tapez
            l’adresse imprimée sur la facture.</p>
            """
        ),
        misconception(
            "Le message connaît mon nom et mon rendez-vous : il vient donc de l’hôpital.",
            "Ces renseignements ont pu être devinés, ou pris ailleurs. Ils rendent un message "
            "crédible, pas vrai.",
        ),
        mail(
            "Votre admission de mardi",
            "Sur votre convocation, l’adresse de l’hôpital est hopital-tilleuls.example. Marquez "
            "ce qui vous alerte.",
            clue(
                "sender",
                "Hôpital des Tilleuls, admissions",
                "Le nom est le bon, l’adresse non : elle n’est pas celle de la convocation.",
                target="admissions@tilleuls-dossier.example",
            ),
            plain("Votre venue de mardi", "subject"),
            harmless(
                "text",
                "Merci d’apporter votre carte Vitale et une pièce d’identité.",
                "C’est une demande habituelle : vous les montrerez sur place.",
            ),
            clue(
                "text",
                "Sans réponse avant ce soir, votre opération sera annulée.",
                "On vous presse pour vous empêcher de réfléchir. Une opération ne s’annule pas "
                "par un lien.",
            ),
            clue(
                "text",
                "Préparez votre carte bancaire et son code pour la caution.",
                "Ce code ne se donne à personne. Même un vrai paiement en ligne ne le demande pas.",
            ),
            clue(
                "link",
                "Compléter mon dossier",
                "Le lien mène au même inconnu que l’adresse de l’expéditeur.",
                target="https://tilleuls-dossier.example/carte",
            ),
            conclusion="Ne répondez pas et appelez le numéro de la convocation. Si vous avez "
            "donné votre numéro de carte, appelez d’abord votre banque : cela arrive à des gens "
            "très attentifs.",
        ),
    ),
)

MY_SPACE = LessonText(
    slug="votre-espace-en-ligne",
    title="Votre espace en ligne",
    summary="Résultats, rendez-vous, ordonnances : une porte, et vous en avez la clé.",
    body=(
        text(
            """
            <p>Votre hôpital vous propose peut-être un espace sur Internet. On y lit ses résultats,
            on y prend rendez-vous. Il est à vous, et quatre habitudes le protègent. Vous préférez
            le papier ou le téléphone ? Tout se demande aussi au secrétariat.</p>
            <ol>
                <li><b>Entrer par la bonne porte.</b> Tapez l’adresse de votre convocation, puis
                enregistrez-la dans vos favoris.</li>
                <li><b>Un mot de passe qui ne sert que là.</b> Trois ou quatre mots sans rapport
                entre eux font l’affaire. Notés dans un carnet rangé chez vous, ils sont mieux
                gardés que le même mot partout.</li>
                <li><b>Une deuxième preuve.</b> Si l’on vous propose de recevoir un code à chaque
                connexion, acceptez.</li>
                <li><b>Refermer.</b> Sur un ordinateur prêté, cliquez sur « Se déconnecter » et
                refusez d’enregistrer le mot de passe.</li>
            </ol>
            <h3>Vous aidez un parent</h3>
            <p>Certains espaces permettent d’ouvrir un accès à votre nom, avec son accord. Sinon,
            asseyez-vous à côté de lui : il tape, vous guidez.</p>
            """
        ),
        key_message(
            "Votre mot de passe est à vous.",
            "<p>Personne à l’hôpital n’en a besoin pour vous soigner.</p>",
        ),
    ),
)

MY_DATA = LessonText(
    slug="vos-donnees-ici-et-ailleurs",
    title="Vos données, ici et ailleurs",
    summary="Une photo, une clé, une question : les bons gestes à l’hôpital. Puis le quiz.",
    body=(
        text(
            """
            <p>Une ordonnance, un bracelet, un résultat racontent votre santé. Ceux qui vous
            soignent en ont besoin et en gardent le secret. Vous pouvez toujours demander à quoi
            sert un renseignement, lire votre dossier, faire corriger une erreur.</p>
            <h3>Si les ordinateurs de l’hôpital s’arrêtent</h3>
            <p>Une panne ou une attaque, cela arrive. Les équipes s’y préparent et soignent alors
            sur papier, parfois plus lentement. Vous les aidez en ayant sur vous la liste de vos
            médicaments et de vos allergies. Si l’hôpital annonce que des données ont été volées,
            méfiez-vous des messages qui suivent, et suivez ses conseils.</p>
            """
        ),
        sorting(
            "Une journée à l’hôpital",
            "Pour chaque geste, choisissez ce qui convient.",
            safe(
                "Dire à une infirmière qu’un écran est resté ouvert dans le couloir.",
                "Vous protégez d’autres patients. Elle vous remerciera.",
            ),
            risky(
                "Envoyer à ses amis une photo où se lit le bracelet.",
                "Il porte votre nom et souvent votre date de naissance. Cadrez au-dessus.",
            ),
            ask_first(
                "Filmer les explications du médecin pour s’en souvenir.",
                "Bonne idée, s’il est d’accord et si personne d’autre n’apparaît.",
            ),
            risky(
                "Brancher son téléphone sur l’appareil près du lit.",
                "Cet appareil vous surveille peut-être. Une prise au mur suffit.",
            ),
            ask_first(
                "Envoyer ses résultats à une application qui promet de les expliquer.",
                "Votre médecin vous dira ce qu’ils veulent dire, et ce que devient ce que l’on y "
                "envoie.",
            ),
        ),
        gestures(
            "Je vérifie un message en appelant le numéro de ma convocation.",
            "Je garde pour moi mes mots de passe et mes codes.",
            "Je regarde ce que montre une photo avant de l’envoyer.",
        ),
        commitment(
            "Ce que je fais cette semaine",
            "Choisissez ce qui vous semble le plus utile.",
            "J’enregistre dans mon téléphone le numéro de l’hôpital.",
            "Je donne à mon espace de santé un mot de passe qui ne sert que là.",
            "J’écris la liste de mes médicaments et de mes allergies.",
            "Je montre ce module à un proche.",
        ),
    ),
)

QUIZ = QuizText(
    title="Vos messages, votre espace, vos données : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "Un SMS au nom de l’hôpital réclame 12 € par un lien, « dernier rappel ». Vous y "
            "étiez bien la semaine dernière. Quel est le bon réflexe ?",
            "Si vous devez quelque chose, l’hôpital saura vous le dire au téléphone.",
            wrong(
                "Je paie : la somme est petite et j’y étais vraiment.",
                "La petite somme est l’appât : c’est votre numéro de carte que l’on veut.",
            ),
            wrong(
                "Je réponds au SMS pour demander une facture.",
                "Vous parleriez à celui qui a écrit, et il saurait que votre numéro est actif.",
            ),
            right("J’appelle l’hôpital au numéro de ma convocation ou de ma facture."),
            tags=(MESSAGES,),
            difficulty=EASY,
        ),
        multiple(
            "Que l’hôpital ne vous demande-t-il jamais ?",
            "Les papiers se montrent, les secrets se gardent.",
            right("Mon mot de passe."),
            wrong(
                "Ma pièce d’identité, à l’admission.",
                "Si : elle évite que l’on vous confonde avec un autre patient.",
            ),
            right("Le code secret de ma carte bancaire."),
            right("De lui lire au téléphone un code reçu par SMS."),
            wrong(
                "Ma carte Vitale.",
                "Si : elle sert au remboursement de vos soins.",
            ),
            tags=(MESSAGES,),
        ),
        true_false(
            "Un message qui cite le nom de mon médecin vient forcément de l’hôpital.",
            "Ce nom se trouve sur Internet, sur une porte, sur une ordonnance. Vérifiez par le "
            "numéro que vous connaissez.",
            is_true=False,
            tags=(MESSAGES,),
        ),
        matching(
            "À chaque souci, le premier geste.",
            "Dans les trois cas, vous partez d’une adresse ou d’un numéro que vous aviez déjà.",
            ("J’ai donné mon numéro de carte", "Appeler ma banque"),
            ("J’ai tapé mon mot de passe sur un faux site", "Le changer sur le vrai site"),
            ("Un message de l’hôpital m’étonne", "Appeler le numéro de ma convocation"),
            distractors=("Appeler le numéro écrit dans le message",),
            tags=(MESSAGES,),
        ),
        single(
            "Vous voulez lire vos résultats en ligne. Par où entrez-vous ?",
            "Une adresse imprimée par l’hôpital ne change pas pendant le trajet.",
            wrong(
                "Par le premier résultat d’un moteur de recherche.",
                "Les premières lignes sont parfois des annonces qui imitent un vrai site.",
            ),
            right("Par l’adresse imprimée sur ma convocation."),
            wrong(
                "Par le lien d’un message reçu ce matin.",
                "Il est peut-être bon, mais rien ne le dit. L’adresse imprimée, si.",
            ),
            tags=(PORTAL,),
            difficulty=EASY,
        ),
        single(
            "Votre mère vous demande de suivre ses rendez-vous en ligne. Quelle est la meilleure "
            "façon ?",
            "Elle reste maîtresse de son espace, et chacun sait qui a fait quoi.",
            right("Avec son accord, je demande un accès à mon nom."),
            wrong(
                "J’enregistre son mot de passe dans mon téléphone.",
                "Si votre téléphone se perd, son espace se perd avec lui.",
            ),
            wrong(
                "Je remplace son adresse par la mienne, pour tout recevoir.",
                "Elle ne verrait plus ce qui la concerne.",
            ),
            tags=(PORTAL,),
        ),
        true_false(
            "À la médiathèque, fermer la fenêtre suffit pour quitter son espace de santé.",
            "L’espace peut rester ouvert derrière. Cliquez d’abord sur « Se déconnecter ».",
            is_true=False,
            tags=(PORTAL,),
        ),
        multiple(
            "Comment bien protéger votre espace de santé ?",
            "Une clé unique et une deuxième preuve : deux serrures valent mieux qu’une.",
            right("Un mot de passe qui ne sert à rien d’autre."),
            wrong(
                "Ma date de naissance, facile à retenir.",
                "Facile aussi à trouver : vos proches et bien des sites la connaissent.",
            ),
            right("Un code à recevoir à chaque connexion, si on me le propose."),
            wrong(
                "Le mot de passe de ma messagerie, qui est très bon.",
                "S’il est volé une fois, il ouvre les deux.",
            ),
            tags=(PORTAL,),
        ),
        single(
            "De votre lit, vous voulez rassurer vos amis par une photo. Que vérifiez-vous ?",
            "Une photo montre plus que son sujet. Une seconde de cadrage suffit.",
            wrong(
                "Que je suis à mon avantage.",
                "C’est permis ! Regardez aussi le fond.",
            ),
            right("Que l’on n’y voie ni mon bracelet, ni un écran, ni mes voisins."),
            wrong(
                "Que seuls mes amis la verront, c’est assez pour montrer le reste.",
                "Un ami la partage, et votre voisin de chambre n’a rien choisi.",
            ),
            tags=(DATA,),
        ),
        true_false(
            "Je peux demander à lire mon dossier et à y faire corriger une erreur.",
            "C’est votre droit. L’accueil ou le secrétariat vous dira à qui écrire.",
            is_true=True,
            tags=(DATA,),
            difficulty=EASY,
        ),
        single(
            "Une application gratuite propose d’expliquer votre prise de sang : il suffit de lui "
            "envoyer le résultat. Que faites-vous d’abord ?",
            "Un résultat se lit avec votre histoire, et une donnée envoyée ne se reprend pas.",
            wrong(
                "Je l’envoie : c’est gratuit, je ne risque rien.",
                "Ce qui est gratuit se paie parfois en données.",
            ),
            wrong(
                "Je l’envoie après avoir effacé mon nom.",
                "C’est mieux, mais un numéro de dossier ou une date peut encore vous désigner.",
            ),
            right("J’en parle avec mon médecin ou ma pharmacienne."),
            tags=(DATA,),
            difficulty=HARD,
        ),
        single(
            "Dans la salle d’attente, vous trouvez une clé USB. Qu’en faites-vous ?",
            "L’hôpital sait l’ouvrir sans danger et retrouver à qui elle est.",
            wrong(
                "Je regarde chez moi ce qu’elle contient, pour la rendre.",
                "L’idée est gentille, mais une clé peut contenir un piège, et des secrets.",
            ),
            right("Je la remets à l’accueil ou à un soignant."),
            wrong(
                "Je la laisse sur le siège.",
                "Quelqu’un d’autre la branchera peut-être.",
            ),
            tags=(VISIT,),
            difficulty=EASY,
        ),
        single(
            "Vous apprenez que les ordinateurs de l’hôpital ont été attaqués. Votre consultation "
            "est demain. Que faites-vous ?",
            "L’hôpital continue de soigner. Votre liste lui fait gagner du temps.",
            wrong(
                "J’annule : sans ordinateur, on ne peut plus soigner.",
                "Les équipes savent travailler sur papier. C’est à elles de dire ce qui est "
                "reporté.",
            ),
            wrong(
                "Je viens comme d’habitude, les mains vides : ils ont tout dans mon dossier.",
                "Le dossier est peut-être illisible demain. Vos papiers, non.",
            ),
            right("Je me renseigne par son site ou son numéro, et je prépare ma liste."),
            tags=(VISIT,),
        ),
        true_false(
            "Je peux dire à un soignant qu’un dossier est resté affiché sur un écran.",
            "Oui, simplement : vous protégez le secret d’un autre patient, et demain quelqu’un "
            "protégera le vôtre.",
            is_true=True,
            tags=(VISIT,),
        ),
        multiple(
            "Que glisser dans votre sac avant une hospitalisation, pour le jour où l’informatique "
            "tomberait en panne ?",
            "Du papier, lisible par tous, et rien qui ouvre une porte.",
            right("La liste de mes médicaments."),
            right("La liste de mes allergies."),
            wrong(
                "Le mot de passe de mon espace de santé, pour l’équipe.",
                "L’équipe n’en a pas besoin, et il est mieux rangé chez vous.",
            ),
            wrong(
                "Une clé USB avec tous mes résultats.",
                "Elle ne pourrait guère être lue ce jour-là. Le papier se lit toujours.",
            ),
            tags=(VISIT,),
        ),
    ),
)

MODULE = ModuleText(
    slug="patients-et-proches-messages-espace-donnees",
    title="Patients et proches : vos messages, votre espace, vos données",
    summary="Reconnaître un faux message de l’hôpital, garder la clé de votre espace en ligne, "
    "protéger vos données de santé et celles des autres.",
    objectives=html(
        """
        <ul>
            <li>Savoir ce que l’hôpital ne vous demande jamais</li>
            <li>Vérifier un message par un numéro que vous aviez déjà</li>
            <li>Garder votre espace en ligne, et aider un parent sans prendre sa clé</li>
            <li>Protéger vos données et celles de vos voisins de chambre</li>
        </ul>
        """
    ),
    duration_minutes=9,
    pass_mark=75,
    audiences=("usagers",),
    lessons=(WHO_WRITES, MY_SPACE, MY_DATA),
    quiz=QUIZ,
)
