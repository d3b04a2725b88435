"""Forms about rights: asking, deciding, giving, prolonging."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.uploads import ACCEPT, Upload, UploadRefused, upload_read
from organisation.models import Department, Establishment, Person
from organisation.roles_of_access import Role, role_of, roles_to_ask
from organisation.scopes import Scope
from organisation.selectors import people_in_scope
from organisation.services import proof_sent_find, proof_sent_keep
from organisation.services.access import LONGEST
from users.forms import SiteForm
from users.models import User

DAY, YEAR = dt.timedelta(days=1), dt.timedelta(days=365)


def last_day_field() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Dernier jour"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Trois ans au plus. On pourra prolonger."),
        error_messages={"required": gettext_lazy("Indiquez le dernier jour.")},
    )


class DatedForm(SiteForm, forms.Form):
    """A form with the last day on which something holds; `ends_on` is the day after it."""

    last_day = last_day_field()

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        kwargs["initial"] = {"last_day": today + YEAR} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        widget = self.fields["last_day"].widget
        widget.attrs |= {"min": f"{today:%Y-%m-%d}", "max": f"{today + LONGEST - DAY:%Y-%m-%d}"}

    @property
    def ends_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["last_day"]
        return day + DAY

    def add_refusal(self, refusal: forms.ValidationError) -> None:
        """What a service refused, said at the field it speaks of."""
        if hasattr(refusal, "error_dict"):
            for name, errors in refusal.error_dict.items():
                field = "last_day" if name == "ends_on" else name
                self.add_error(field if field in self.fields else None, errors)
        else:
            self.add_error(None, refusal)


class AskForm(SiteForm, forms.Form):
    """What somebody asks for in an establishment, and why she should get it."""

    role = forms.ChoiceField(
        label=gettext_lazy("Ce que vous demandez"),
        widget=forms.RadioSelect,
        choices=lambda: [(one.key.value, f"{one.label} – {one.who}") for one in roles_to_ask()],
        error_messages={"required": gettext_lazy("Choisissez ce que vous demandez.")},
    )
    function = forms.CharField(
        label=gettext_lazy("Votre fonction"),
        max_length=120,
        error_messages={"required": gettext_lazy("Dites quelle est votre fonction.")},
        help_text=gettext_lazy("Par exemple « RSSI » ou « responsable formation »."),
    )
    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Ce qui aide à vous reconnaître : qui peut confirmer, et comment."),
    )
    proof = forms.FileField(
        label=gettext_lazy("Justificatif"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Une lettre de mission ou une décision de nomination, en PDF, PNG ou JPEG ; 5 Mo au "
            "plus. Pas de pièce d’identité."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT, "class": "fr-upload"}),
    )

    # Finds a proof that came with an earlier try, which a browser does not send again.
    proof_sent = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_proof(self) -> Upload | None:
        sent: UploadedFile | None = self.cleaned_data["proof"]
        if not sent:
            return proof_sent_find(word=self.data.get("proof_sent", ""), user=self._user)
        try:
            return upload_read(sent)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def carry_proof(self) -> None:
        """Keep a proof that is in order for the next try."""
        proof = self.cleaned_data.get("proof")
        if proof is not None and "proof" in self.files:
            word = proof_sent_keep(proof=proof, user=self._user)
            self.data = {**{name: self.data[name] for name in self.data}, "proof_sent": word}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["message"].strip() and cleaned["proof"] is None:
            self.add_error("message", _("Joignez un justificatif, ou dites qui peut confirmer."))
        return cleaned


class GrantForm(DatedForm):
    """How long what is asked for shall hold."""


class RefuseForm(SiteForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("La personne le lira tel quel."),
        error_messages={"required": gettext_lazy("Dites pourquoi : la personne lira ce motif.")},
    )


class GiveForm(DatedForm):
    """Which account gets which role. In a hospital it is one of her people's, found by search or by
    its address; a region's people are on no roster, so only the address finds them."""

    person = forms.ChoiceField(
        label=gettext_lazy("Agent"), required=False, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=gettext_lazy("Ou adresse électronique du compte"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Rôle"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez un rôle.")},
    )
    department = forms.ModelChoiceField(
        label=gettext_lazy("Service"),
        queryset=Department.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=gettext_lazy("Choisissez un service"),
        help_text=gettext_lazy("Pour un responsable de service seulement."),
    )
    field_order = ["person", "email", "role", "department", "last_day"]

    def __init__(
        self,
        *args: Any,
        place: Any,
        roles: list[Role],
        people: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._place = place
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (one.key.value, f"{one.label} – {one.who}") for one in roles
        ]
        if isinstance(place, Establishment):
            departments = place.departments.order_by("name", "pk")
            self.fields["department"].queryset = departments  # type: ignore[attr-defined]
        else:
            del self.fields["department"]
        if people:
            self.fields["person"].choices = people  # type: ignore[attr-defined]
        else:
            del self.fields["person"]
            email = self.fields["email"]
            email.label, email.required = _("Adresse électronique du compte"), True
            email.error_messages["required"] = _("Choisissez une personne, ou donnez une adresse.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._check_department(cleaned)
            cleaned["user"] = self._account(cleaned)
        return cleaned

    def _check_department(self, cleaned: dict[str, Any]) -> None:
        wants_one = role_of(cleaned["role"]).scope == "department"
        if wants_one and not cleaned.get("department"):
            self.add_error("department", _("Choisissez le service dont cette personne répond."))
        elif not wants_one and cleaned.get("department"):
            self.add_error(
                "department", _("Ce rôle vaut pour tout l’établissement : laissez ce choix vide.")
            )

    def _account(self, cleaned: dict[str, Any]) -> User | None:
        uid, email = cleaned.get("person", ""), cleaned["email"].strip().lower()
        if bool(uid) == bool(email):
            self.add_error("email", _("Choisissez une personne, ou donnez une adresse."))
            return None
        user = self._by_person(uid) if uid else self._by_email(email)
        if user is None:
            self.add_error(
                "email" if email else "person",
                _(
                    "Aucun compte d’ici ne répond à ce choix : la personne doit d’abord se "
                    "connecter avec son adresse professionnelle, ou demander elle-même l’accès."
                ),
            )
        return user

    def _by_person(self, uid: str) -> User | None:
        person = self._people().filter(uid=uid).select_related("user").first()
        return person.user if person and person.user and person.user.is_active else None

    def _by_email(self, email: str) -> User | None:
        proved = EmailAddress.objects.filter(email__iexact=email, verified=True)
        accounts = User.objects.filter(pk__in=proved.values("user"), is_active=True)
        if isinstance(self._place, Establishment):
            accounts = accounts.filter(person__in=self._people())
        return accounts.first()

    def _people(self) -> Any:
        if not isinstance(self._place, Establishment):
            return Person.objects.none()
        scope = Scope.establishment(self._place)
        return people_in_scope(scope=scope, day=timezone.localdate())

    @property
    def scope(self) -> Scope:
        """Where the role shall hold."""
        department: Department | None = self.cleaned_data.get("department")
        if department is not None:
            return Scope.department(department)
        if isinstance(self._place, Establishment):
            return Scope.establishment(self._place)
        return Scope.region(self._place)
