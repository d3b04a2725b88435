"""Identity providers, as they are configured in the admin."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ProviderKind(models.TextChoices):
    """What a provider may be believed about."""

    NATIONAL = "psc", _("Pro Santé Connect")
    OWN = "own", _("Fournisseur d’un établissement, en OpenID Connect")
    SAML = "saml", _("Fournisseur d’un établissement, en SAML 2.0")


class IdentityProvider(models.Model):
    """A provider, with what identifies this site to it. The secret is sealed, never shown."""

    name = models.CharField(
        _("nom"),
        max_length=40,
        help_text=_("Ce que lisent les agents : « Continuer avec CHU de Rouen »."),
    )
    slug = models.SlugField(
        _("identifiant"),
        max_length=40,
        unique=True,
        help_text=_("Fait partie de l’adresse de retour, à déclarer chez le fournisseur."),
    )
    kind = models.CharField(
        _("nature"), max_length=8, choices=ProviderKind.choices, default=ProviderKind.OWN
    )
    discovery_url = models.URLField(
        _("adresse de découverte"),
        max_length=500,
        blank=True,
        help_text=_(
            "L’émetteur, ou son document « …/.well-known/openid-configuration ». "
            "Elle est interrogée à chaque enregistrement."
        ),
    )
    client_id = models.CharField(_("identifiant du client"), max_length=191, blank=True)
    sealed_secret = models.TextField(blank=True, editable=False)
    metadata_url = models.URLField(
        _("adresse des métadonnées"),
        max_length=500,
        blank=True,
        help_text=_(
            "Elle est interrogée à chaque enregistrement : enregistrez de nouveau quand le "
            "fournisseur change de certificat. Sans adresse, déposez ou collez le document."
        ),
    )
    establishments = models.JSONField(default=list, editable=False)
    """FINESS numbers of the establishments whose people and numbers it knows."""
    attributes = models.JSONField(default=dict, editable=False)
    """Names of attributes that differ from the usual ones (users.providers.saml.attributes)."""
    sso_url = models.CharField(max_length=500, blank=True, editable=False)
    certificates = models.JSONField(default=list, editable=False)
    is_strong = models.BooleanField(
        _("demande déjà un second facteur"),
        default=False,
        help_text=_(
            "Alors ce site n’en demande pas un autre à qui en a besoin. "
            "À ne cocher que si le fournisseur l’exige de tous."
        ),
    )
    is_active = models.BooleanField(_("proposé à la connexion"), default=True)
    # As the provider's own document says them; checked again at each sign-in.
    issuer = models.CharField(_("émetteur"), max_length=500, editable=False)
    form_origin = models.CharField(max_length=500, editable=False)

    class Meta:
        verbose_name = _("fournisseur d’identité")
        verbose_name_plural = _("fournisseurs d’identité")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_saml(self) -> bool:
        return self.kind == ProviderKind.SAML

    @property
    def callback_path(self) -> str:
        if self.is_saml:
            return reverse("saml_acs", args=[self.slug])
        return reverse("openid_connect_callback", kwargs={"provider_id": self.slug})

    @property
    def metadata_path(self) -> str:
        """Of this site, to the provider; its address is also the site's entity id there."""
        return reverse("saml_metadata", args=[self.slug])

    @property
    def login_path(self) -> str:
        if self.is_saml:
            return reverse("saml_login", args=[self.slug])
        return reverse("openid_connect_login", kwargs={"provider_id": self.slug})


class ProviderDomain(models.Model):
    """A domain whose e-mail addresses a provider gives out, and nobody else does."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("domaine"), max_length=253, unique=True)

    class Meta:
        verbose_name = _("domaine de messagerie")
        verbose_name_plural = _("domaines de messagerie")
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain
