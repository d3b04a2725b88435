"""Legal notice, personal data, accessibility.

Who runs the site is not known here: what only they can say reads «À compléter».
"""

from __future__ import annotations

from starter.content.schema import PageText, text

LEGAL_NOTICE = PageText(
    slug="mentions-legales",
    title="Mentions légales",
    summary="Qui publie ce site, qui l’héberge, comment réutiliser ses contenus.",
    body=(
        text(
            """
            <h3>Éditeur</h3>
            <p>À compléter par l’organisme qui met ce site en service : nom, adresse,
            téléphone, directeur ou directrice de la publication.</p>
            <h3>Hébergement</h3>
            <p>À compléter : nom, adresse et téléphone de l’hébergeur.</p>
            <h3>Réutilisation</h3>
            <p>Chaque affiche et chaque vidéo porte sa licence et son crédit. Le
            système de design de l’État et la police Marianne sont réservés aux sites
            de l’État et de ses opérateurs.</p>
            <h3>Liens vers d’autres sites</h3>
            <p>Le site renvoie vers des services publics qu’il ne gère pas, comme le
            portail national de signalement. Leurs contenus relèvent de leurs
            éditeurs.</p>
            """
        ),
    ),
)

PERSONAL_DATA = PageText(
    slug="donnees-personnelles",
    title="Données personnelles et cookies",
    summary="Ce que le site retient quand vous vous formez, qui le voit, et vos droits.",
    body=(
        text(
            """
            <p>Responsable du traitement : à compléter par l’organisme qui met ce site
            en service, avec la base légale et les coordonnées de son délégué à la
            protection des données.</p>
            <h3>Sans compte</h3>
            <p>Vous pouvez lire le site sans vous identifier. Il n’utilise aucun outil
            de mesure d’audience et ne charge rien depuis un autre site. Il compte les
            fichiers téléchargés, les vidéos lancées et les codes d’affiches suivis, par
            ressource et par établissement : ni votre compte, ni votre adresse, ni votre
            navigateur ne sont gardés avec.</p>
            <p>Vous pouvez aussi suivre un module ouvert, ou celui d’une affiche, sans
            vous connecter. Le site compte alors un parcours sans nom : module, leçons,
            réponses et heures, sous un numéro tiré au hasard, pour savoir ce que
            l’affiche a apporté et quelles questions sont mal comprises. Seul un cookie
            relie ce parcours à votre navigateur, pour que vous puissiez continuer ou
            « faire compter » la formation à votre nom : le site l’oublie après douze
            heures, ou quand vous dites « ce n’est pas moi ». Rien d’autre ne relie ce
            parcours à vous ; il reste dans les nombres.</p>
            <p>Contre les abus, le site compte les visites et les codes refusés par
            connexion, à partir d’une empreinte de l’adresse du réseau, gardée dix minutes.
            Une empreinte de l’adresse et du navigateur, gardée dix secondes, évite de
            compter deux fois le même téléchargement.</p>
            <h3>Ce qui est gardé sur vous</h3>
            <p>La page <a href="/vos-donnees/">Vos données</a> dit tout : quoi, pourquoi, qui le
            voit, combien de temps, et ce que devient chaque chose si vous faites effacer votre
            identité. Connecté à votre compte, vous y lisez et téléchargez ce qui vous concerne.</p>
            <p>Vos traces d’apprentissage vous désignent par un identifiant opaque. Ce n’est pas
            un anonymat : le site sait à quel agent il correspond, tant que votre identité n’est
            pas effacée.</p>
            <h3>Cookies</h3>
            <p>Le site ne dépose que deux cookies, nécessaires à la session et à la sécurité des
            formulaires ; un troisième, le temps de passer par l’annuaire de votre établissement
            pour vous connecter. Votre choix d’affichage, clair ou sombre, reste dans votre
            navigateur. Sans publicité ni suivi de personne, il n’y a rien à accepter.</p>
            <h3>Vos droits</h3>
            <p>Lisez, téléchargez ou faites effacer vos données sur la page <a
            href="/vos-donnees/">Vos données</a>. Pour les faire rectifier, limiter leur usage ou
            vous y opposer dans les cas prévus par la loi, écrivez au délégué à la protection des
            données indiqué ci-dessus. Sans réponse satisfaisante, vous pouvez saisir la <a
            href="https://www.cnil.fr/fr/plaintes">CNIL</a>.</p>
            """
        ),
    ),
)

ACCESSIBILITY = PageText(
    slug="accessibilite",
    title="Déclaration d’accessibilité",
    summary="Où en est l’accessibilité de ce site, et que faire si quelque chose vous bloque.",
    body=(
        text(
            """
            <p>L’organisme qui met ce site en service (nom à compléter) s’engage à le
            rendre accessible, conformément à l’article 47 de la loi n° 2005-102 du 11
            février 2005. Cette déclaration s’applique à ce site.</p>
            <h3>État de conformité</h3>
            <p>Le site n’a pas encore été audité selon le référentiel général
            d’amélioration de l’accessibilité (RGAA), version 4.1, et ses 106 critères.
            Sans audit, il est <b>non conforme</b> au sens de la réglementation, et
            aucun taux n’est annoncé.</p>
            <h3>Ce qui est fait</h3>
            <p>Les pages utilisent les composants du système de design de l’État et
            sont prévues pour le clavier, le petit écran et la lecture sans JavaScript.
            Une vidéo ne peut pas être enregistrée sans sous-titres ni transcription,
            une image sans texte alternatif. Des contrôles automatiques tournent à
            chaque évolution ; ils ne remplacent pas un audit.</p>
            <h3>Contenus non accessibles</h3>
            <p>Ils seront listés ici après l’audit.</p>
            <h3>Vous êtes bloqué ?</h3>
            <p>Écrivez au responsable du site (adresse à compléter) : dites-nous quelle
            page et ce qui vous gêne. Nous vous orienterons vers une solution ou vous
            enverrons le contenu sous une autre forme.</p>
            <h3>Voie de recours</h3>
            <p>Si vous avez signalé un défaut d’accessibilité qui vous empêche
            d’accéder à un contenu et que vous n’avez pas obtenu de réponse
            satisfaisante, vous pouvez :</p>
            <ul>
                <li>écrire au <a
                href="https://formulaire.defenseurdesdroits.fr/">Défenseur des
                droits</a> ;</li>
                <li>contacter <a
                href="https://www.defenseurdesdroits.fr/saisir/delegues">son
                délégué</a> dans votre région ;</li>
                <li>lui envoyer un courrier gratuit, sans timbre : Défenseur des
                droits, Libre réponse 71120, 75342 Paris CEDEX 07.</li>
            </ul>
            """
        ),
    ),
)
