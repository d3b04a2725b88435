"""« Reconnaître un courriel d’hameçonnage à l’hôpital »: four lessons and the final quiz.

Addresses end in `.example`, a name that RFC 2606 keeps free: nobody can ever register them.
"""

from __future__ import annotations

from starter.content.schema import (
    EASY,
    STAFF,
    LessonText,
    ModuleText,
    QuizText,
    ask_first,
    case,
    clue,
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

DISGUISE, ADDRESS, CHECK, SAY = "déguisements", "adresses", "vérification", "signalement"

DISGUISES = LessonText(
    slug="un-message-qui-ressemble-a-votre-journee",
    title="Un message qui ressemble à votre journée",
    summary="À quoi ressemble l’hameçonnage à l’hôpital, et pourquoi il marche.",
    body=(
        text(
            """
            <p>Il est 4 heures. Entre deux sonnettes, un courriel : « Votre boîte sera fermée à
            6 heures, confirmez votre mot de passe. » Il porte le logo de l’hôpital. Il est
            faux.</p>
            <p>L’hameçonnage, c’est cela : quelqu’un se fait passer pour un interlocuteur connu
            afin d’obtenir un mot de passe, un paiement ou l’ouverture d’un fichier.</p>
            <h3>Quatre déguisements courants</h3>
            <ul>
                <li><b>L’informatique</b> : « Boîte pleine, reconnectez-vous. » On veut votre
                mot de passe.</li>
                <li><b>Le transporteur</b> : « Colis bloqué, réglez 1,95 €. » On veut un numéro
                de carte bancaire.</li>
                <li><b>Le laboratoire</b> : « Résultat urgent, ouvrez le fichier. » On veut
                prendre la main sur votre poste.</li>
                <li><b>Le fournisseur</b> : « Notre RIB a changé. » On veut la prochaine
                facture.</li>
            </ul>
            <p>Ces messages détournent de bons réflexes : suivre une consigne, rendre service,
            ne pas faire attendre un patient. S’y laisser prendre n’est pas un manque
            d’intelligence. Et le même piège arrive par SMS, par téléphone ou derrière un QR
            code.</p>
            """
        ),
        misconception(
            "Un faux courriel se reconnaît à ses fautes d’orthographe.",
            "Ce n’est plus vrai : beaucoup sont impeccables. Ce qui les trahit, c’est l’adresse, "
            "le lien et surtout ce qu’ils vous demandent.",
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
    summary="Lire une adresse et un lien avant de cliquer, puis s’exercer.",
    body=(
        text(
            """
            <p>Le nom affiché ne prouve rien : chacun peut écrire « Service informatique »
            devant son adresse. Lisez ce qui suit le signe @ : dans nos exemples inventés,
            l’hôpital écrit depuis <b>@hopital.example</b>.</p>
            <ul>
                <li>support@hopital.example : c’est l’hôpital.</li>
                <li>support@hopital-assistance.example : un autre nom, qui contient le mot «
                hopital ».</li>
                <li>support@hopita1.example : le chiffre 1 a pris la place de la lettre l.</li>
            </ul>
            <h3>Lire un lien sans l’ouvrir</h3>
            <p>Posez le pointeur dessus sans cliquer : l’adresse s’affiche. Repérez la première
            barre oblique après « https:// », puis lisez le nom du site <b>par la fin</b>, juste
            avant elle.</p>
            <ul>
                <li>https://messagerie.<b>hopital.example</b>/connexion mène à l’hôpital.</li>
                <li>https://hopital.example.<b>verif-agents.example</b>/connexion mène chez un
                inconnu.</li>
            </ul>
            <p>Sur un téléphone, l’adresse se lit mal : passez par votre application habituelle.
            Le cadenas, lui, dit que la liaison est chiffrée, pas que le site est honnête.</p>
            """
        ),
        mail(
            "3 h 41 : votre boîte est pleine",
            "Marquez ce qui doit vous alerter. Attention : tout n’est pas suspect.",
            clue(
                "sender",
                "Service informatique de l’hôpital",
                "Le nom rassure, l’adresse non : l’hôpital écrit depuis hopital.example.",
                target="support@hopital-assistance.example",
            ),
            harmless(
                "date",
                "mardi 14 avril, 3 h 41",
                "Beaucoup d’avis automatiques partent la nuit : l’heure seule ne prouve rien.",
            ),
            plain("Votre boîte est presque pleine", "subject"),
            plain("Bonjour,"),
            harmless(
                "text",
                "Votre boîte aux lettres a atteint 98 % de sa capacité.",
                "C’est possible, et votre messagerie vous le dirait elle-même. Ce n’est pas "
                "encore un indice.",
            ),
            clue(
                "text",
                "Sans action de votre part avant 6 heures, son contenu sera effacé.",
                "Une menace et une échéance : on veut que vous agissiez avant de réfléchir.",
            ),
            clue(
                "text",
                "Confirmez votre identifiant et votre mot de passe sur cette page :",
                "Le service informatique n’a jamais besoin de votre mot de passe.",
            ),
            clue(
                "link",
                "https://messagerie.hopital.example",
                "Lu par la fin, le vrai lien mène à verif-agents.example. Le texte affiché n’y "
                "change rien.",
                target="https://messagerie.hopital.example.verif-agents.example/connexion",
            ),
            plain("L’équipe du support"),
            conclusion="Une seule demande de mot de passe suffisait. On ne clique pas, on ne "
            "répond pas, on signale.",
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
            <p>Dès qu’un message vous demande d’agir, vérifiez sans vous servir de lui. Ni son
            lien, ni son numéro, ni le bouton « Répondre ».</p>
            <ul>
                <li><b>Un résultat en pièce jointe ?</b> Cherchez-le dans le dossier patient, ou
                appelez le laboratoire.</li>
                <li><b>Un nouveau RIB ?</b> Appelez votre contact au numéro du contrat. Le
                paiement attend.</li>
                <li><b>Un « technicien » veut un code reçu par SMS ?</b> Raccrochez, rappelez
                l’informatique au numéro habituel.</li>
                <li><b>Un document propose d’« activer le contenu » ?</b> Fermez-le : ce bouton
                peut lancer un programme caché.</li>
            </ul>
            <p>Une adresse exacte ne suffit pas : le compte d’un collègue peut avoir été piraté.
            Si sa demande surprend, appelez-le.</p>
            """
        ),
        sorting(
            "J’y vais, je m’arrête, ou je vérifie ?",
            "Sans risque, risqué, ou à demander d’abord ?",
            ask_first(
                "Une collègue m’envoie un document inattendu, « à signer ce soir ».",
                "C’est peut-être vrai. Un appel à la collègue, et vous saurez.",
            ),
            safe(
                "J’ouvre ma messagerie par mon raccourci pour vérifier une alerte.",
                "C’est le bon chemin : il ne dépend pas du message.",
            ),
            risky(
                "Un SMS réclame 1,95 € pour livrer un colis du service.",
                "La petite somme cache la vraie prise : le numéro de la carte. Demandez plutôt à "
                "la personne qui commande.",
            ),
            risky(
                "Un QR code collé dans l’ascenseur mène à une page qui veut mon mot de passe.",
                "N’importe qui peut coller un autocollant. Un QR code est un lien comme un autre.",
            ),
        ),
        key_message(
            "Un doute ? J’appelle avant de cliquer.",
            "<p>L’appel protège aussi les collègues qui ont reçu le même message.</p>",
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
            <p><b>Le message est douteux ?</b> Signalez-le par le bouton ou l’adresse prévus
            dans votre établissement, ou par téléphone. Ne le transférez pas à vos collègues :
            vous leur enverriez le piège, avec votre nom pour les rassurer.</p>
            <h3>Vous avez cliqué, ouvert ou répondu</h3>
            <ol>
                <li><b>Appelez tout de suite</b> l’informatique ou, la nuit et le week-end,
                l’astreinte.</li>
                <li><b>Racontez simplement</b> : l’heure, le poste, ce que vous avez saisi.</li>
                <li><b>Changez depuis un autre poste</b> le mot de passe donné, partout où il
                sert.</li>
                <li><b>Ne touchez plus au poste, laissez-le allumé</b> : on vous guidera au
                téléphone.</li>
            </ol>
            """
        ),
        case(
            "Six minutes, un service d’hémodialyse",
            """
            <p>Exemple. 5 h 20 : un infirmier saisit son mot de passe sur une fausse page. À 5 h
            26, gêné, il appelle quand même. L’astreinte ferme son compte, retrouve le même
            message dans quarante boîtes et l’en retire avant la relève. À 8 heures, la cadre le
            remercie devant l’équipe. Les séances ont lieu comme prévu.</p>
            """,
        ),
        gestures(
            "Quand on me presse, je ralentis.",
            "Je vérifie par un chemin que je connais déjà.",
            "Si j’ai cliqué, j’appelle tout de suite.",
        ),
    ),
)

QUIZ = QuizText(
    title="Reconnaître un courriel d’hameçonnage : le quiz",
    draw=8,
    per_tag=2,
    questions=(
        single(
            "3 h 40, un courriel : « Service informatique : votre messagerie sera bloquée à 6 "
            "heures, confirmez votre mot de passe ici. » Que faites-vous ?",
            "L’urgence et la demande de mot de passe, ensemble, suffisent à alerter. On vérifie "
            "par le numéro habituel, jamais par le message.",
            wrong(
                "Je clique, pour ne pas bloquer l’équipe de jour.",
                "L’échéance est là pour vous presser. Le service informatique n’a pas besoin de "
                "votre mot de passe.",
            ),
            wrong(
                "Je réponds pour demander si c’est bien l’informatique.",
                "C’est l’auteur du piège qui vous répondra oui.",
            ),
            right(
                "Je ne clique pas et je signale le message au service informatique.",
                "Oui. Et si un blocage était vraiment prévu, on vous le dira.",
            ),
            tags=(SAY,),
        ),
        true_false(
            "Un courriel sans faute d’orthographe, avec le logo de l’hôpital, est sûr.",
            "Un logo se copie, et beaucoup de faux courriels sont impeccables. Ce sont l’adresse, "
            "le lien et la demande qui renseignent.",
            is_true=False,
            tags=(DISGUISE,),
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
            tags=(ADDRESS,),
        ),
        multiple(
            "Un courriel annonce le résultat urgent d’un patient, dans un fichier joint que vous "
            "n’attendiez pas. Quels gestes conviennent ?",
            "L’information se cherche à sa place habituelle ou se demande au téléphone, sans "
            "ouvrir le fichier. Si le résultat existe, vous l’aurez.",
            wrong(
                "Ouvrir le fichier : un patient attend peut-être.",
                "Le patient passe d’abord : c’est pourquoi on va au dossier ou au téléphone, qui "
                "répondent sans risque.",
            ),
            right("Chercher le résultat dans le dossier patient."),
            right("Appeler le laboratoire au numéro de l’annuaire interne."),
            wrong(
                "Transférer le message au médecin de garde.",
                "Vous lui enverriez le piège, avec votre nom pour le rassurer.",
            ),
            tags=(CHECK,),
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
            tags=(CHECK,),
        ),
        true_false(
            "Un message venu de la vraie adresse d’un collègue peut être un piège.",
            "Son compte a pu être piraté. Si la demande vous surprend, appelez-le : il sera "
            "content de l’apprendre.",
            is_true=True,
            tags=(ADDRESS,),
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
            tags=(SAY,),
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
            tags=(CHECK,),
        ),
        matching(
            "Reliez chaque déguisement à ce que l’on cherche à obtenir de vous.",
            "Derrière des histoires différentes, on veut presque toujours la même chose : un "
            "accès ou de l’argent.",
            ("« Boîte pleine, reconnectez-vous »", "Votre mot de passe"),
            ("« Colis bloqué, réglez 1,95 € »", "Un numéro de carte bancaire"),
            ("« Résultat urgent, ouvrez le fichier »", "La main sur votre poste"),
            ("« Notre RIB a changé »", "Le paiement d’une facture"),
            tags=(DISGUISE,),
        ),
        multiple(
            "Quels signes doivent vous faire ralentir devant un message ?",
            "Ce qui compte est ce que le message cherche à vous faire faire, et à quelle vitesse.",
            wrong(
                "Il a été envoyé la nuit.",
                "À l’hôpital, on écrit à toute heure, et bien des envois sont automatiques.",
            ),
            right("Il menace d’un blocage si vous n’agissez pas très vite."),
            right("Il demande un mot de passe ou un code."),
            right("Il vous propose une récompense inattendue."),
            wrong(
                "Il est long et mal présenté.",
                "C’est agaçant, mais bien des vrais messages le sont, et les faux sont souvent "
                "soignés.",
            ),
            tags=(DISGUISE,),
        ),
        single(
            "Un SMS de la « mutuelle » annonce un remboursement de 84 € : il suffit de saisir sa "
            "carte bancaire. Qu’en pensez-vous ?",
            "Le même piège change de canal. On l’arrête de la même façon : par un chemin que l’on "
            "connaît.",
            wrong(
                "C’est un SMS, pas un courriel : le risque est moindre.",
                "Un SMS s’imite aussi bien, et l’on y clique plus vite.",
            ),
            wrong(
                "La somme est précise, donc le dossier existe.",
                "Un chiffre précis donne l’air vrai. L’inventer ne coûte rien.",
            ),
            right("J’irai voir sur mon espace de mutuelle, sans le lien."),
            tags=(DISGUISE,),
            difficulty=EASY,
        ),
        true_false(
            "Un site dont l’adresse commence par « https:// » et montre un cadenas est forcément "
            "honnête.",
            "Le cadenas dit que personne n’écoute entre vous et le site. Il ne dit pas à qui est "
            "le site.",
            is_true=False,
            tags=(ADDRESS,),
        ),
        single(
            "L’hôpital écrit depuis @hopital.example. Laquelle de ces adresses est la sienne ?",
            "Tout ce qui suit le signe @ doit être exact, à la lettre près.",
            right("planning@hopital.example"),
            wrong(
                "hopital@planning-agents.example",
                "Le mot « hopital » est devant le signe @ : chacun peut l’y mettre.",
            ),
            wrong(
                "planning@hopita1.example",
                "Regardez la fin du mot : c’est le chiffre 1, pas la lettre l.",
            ),
            tags=(ADDRESS,),
        ),
        true_false(
            "Si l’alerte d’un message est vraie, je la retrouverai en ouvrant l’application par "
            "mon raccourci habituel.",
            "Une vraie information existe aussi hors du message. C’est la façon la plus simple de "
            "vérifier sans risque.",
            is_true=True,
            tags=(CHECK,),
            difficulty=EASY,
        ),
        single(
            "Vous recevez un message douteux que votre collègue a sûrement reçu aussi. Comment "
            "l’aider ?",
            "Le prévenir, oui ; lui envoyer le piège, non. Le service informatique peut retirer "
            "le message de toutes les boîtes.",
            wrong(
                "Je le lui transfère avec le mot « attention ».",
                "Dans la hâte, il peut ne lire que votre nom, et cliquer.",
            ),
            right("Je le signale, et je lui en parle de vive voix."),
            wrong(
                "Je l’efface : si chacun fait de même, tout ira bien.",
                "Chacun ne le fera pas. Le signalement, lui, protège tout le monde d’un coup.",
            ),
            tags=(SAY,),
        ),
        true_false(
            "Une heure après avoir cliqué, il est trop tard pour appeler : le mal est fait.",
            "Il reste presque toujours quelque chose à protéger : votre compte, un autre service, "
            "d’autres collègues. Appelez, même tard.",
            is_true=False,
            tags=(SAY,),
        ),
    ),
)

MODULE = ModuleText(
    slug="reconnaitre-un-courriel-d-hameconnage",
    title="Reconnaître un courriel d’hameçonnage à l’hôpital",
    summary="Faux message de l’informatique, faux colis, faux RIB : trois questions à se poser "
    "avant de cliquer, et que faire si l’on a cliqué.",
    objectives=html(
        """
        <ul>
            <li>Repérer un message qui cherche à vous presser</li>
            <li>Lire l’adresse d’un expéditeur et celle d’un lien</li>
            <li>Vérifier une demande inhabituelle par un autre chemin</li>
            <li>Signaler un doute ou un clic, tout de suite et sans honte</li>
        </ul>
        """
    ),
    duration_minutes=9,
    pass_mark=75,
    audiences=STAFF,
    lessons=(DISGUISES, SENDER_AND_LINK, OTHER_PATH, REPORT),
    quiz=QUIZ,
)
