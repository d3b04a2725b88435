"""Every address of the room × every kind of user."""

from __future__ import annotations

import pytest
from django.urls import reverse

from reporting import urls

from . import world as worlds

pytestmark = pytest.mark.django_db

HOUSE = {"ciso"}
WARD = {"ciso", "ward manager"}
REGION = {"region", "nation"}
# name -> who may; None for home, which sends people on
WHO = {
    "home": {"ward manager", "other ward manager", "ciso", "other ciso"}
    | {"region", "other region", "nation"},
    "establishment": HOUSE,
    "establishment_file": HOUSE,
    "departments": HOUSE,
    "departments_file": HOUSE,
    "missing": HOUSE,
    "missing_people": HOUSE,
    "department_missing_people": WARD,
    "establishment_attendance": HOUSE,
    "missing_file": HOUSE,
    "establishment_attendance_file": HOUSE,
    "establishment_grid": HOUSE | REGION,
    "department": WARD,
    "department_file": WARD,
    "department_missing": WARD,
    "department_attendance": WARD,
    "department_missing_file": WARD,
    "department_attendance_file": WARD,
    # Those who organise the training, which nobody in this world does: test_attestations.
    "establishment_attestations": set(),
    "department_attestations": set(),
    "region": REGION,
    "region_attendance": REGION,
    "region_file": REGION,
    "region_attendance_file": REGION,
    "region_silent": REGION,
    "region_silent_file": REGION,
    "nation": {"nation"},
    "nation_file": {"nation"},
    "nation_attendance": {"nation"},
    "nation_attendance_file": {"nation"},
    "nation_silent": {"nation"},
    "nation_silent_file": {"nation"},
    "establishment_trend": HOUSE | REGION,
    "region_trend": REGION,
    "nation_trend": {"nation"},
    "observatory_file": REGION | {"other region"},
    "observatory": REGION | {"other region"},
    "establishment_observatory": HOUSE | REGION,
}

# An archive is its requester's, whoever else may do what: test_attestations.
ARCHIVES = {"attestations_progress", "attestations_file"}


@pytest.fixture
def world() -> worlds.World:
    return worlds.build()


def addresses(world: worlds.World) -> list[tuple[str, str]]:
    """(name, address) of every address; files in both formats."""
    found = []
    for pattern in urls.coverage_urlpatterns:
        name = pattern.name
        if name in ARCHIVES:
            continue
        kwargs = {}
        if "region" in name:
            kwargs["code"] = world.region.code
        elif name.startswith(("missing", "establishment", "departments")):
            kwargs["uid"] = world.house.uid
        elif name.startswith("department"):
            kwargs["uid"] = world.ward.uid
        kinds = ("xlsx", "csv") if name.endswith("_file") else (None,)
        for kind in kinds:
            arguments = {**kwargs, "kind": kind} if kind else kwargs
            found.append((name, reverse(f"reporting:{name}", kwargs=arguments)))
    return found


def test_every_address_has_its_readers() -> None:
    assert {pattern.name for pattern in urls.coverage_urlpatterns} == set(WHO) | ARCHIVES


def test_only_those_habilitated_come_in(client, world) -> None:
    wrong = []
    for who, user in world.users.items():
        client.force_login(user)
        for name, address in addresses(world):
            status = client.get(address).status_code
            wanted = {200, 302} if who in WHO[name] else {403}
            if status not in wanted:
                wrong.append(f"{who}: {address} gives {status}, wanted {wanted}")
    assert not wrong, "\n".join(wrong)


def test_the_anonymous_are_sent_to_sign_in(client, world) -> None:
    for _name, address in addresses(world):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))


def test_nothing_can_be_posted(client, world) -> None:
    client.force_login(world.users["ciso"])
    for name, address in addresses(world):
        wanted = 403 if name.endswith("_attestations") else 405  # who trains may ask for archives
        assert client.post(address).status_code == wanted


def test_a_refusal_says_why(client, world) -> None:
    client.force_login(world.users["learner"])
    response = client.get(reverse("reporting:home"))
    assert response.status_code == 403
    assert "habilitation" in response.content.decode()


def test_each_reader_is_sent_to_her_place(client, world) -> None:
    places = {
        "ciso": reverse("reporting:establishment", args=[world.house.uid]),
        "ward manager": reverse("reporting:department", args=[world.ward.uid]),
        "region": reverse("reporting:region", args=["53"]),
        "nation": reverse("reporting:nation"),
    }
    for who, address in places.items():
        client.force_login(world.users[who])
        assert client.get(reverse("reporting:home"))["Location"] == address


def test_a_reader_of_several_places_chooses(client, world) -> None:
    worlds.GrantFactory(user=world.users["ciso"], for_region=True, region=world.region)
    client.force_login(world.users["ciso"])
    text = client.get(reverse("reporting:home")).content.decode()
    assert reverse("reporting:region", args=["53"]) in text
    assert reverse("reporting:establishment", args=[world.house.uid]) in text


def test_unknown_formats_are_not_found(client, world) -> None:
    client.force_login(world.users["ciso"])
    for name in ("establishment_file", "missing_file"):
        address = reverse(f"reporting:{name}", args=[world.house.uid, "pdf"])
        assert client.get(address).status_code == 404
