"""What a designer is told about a description."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign_assets.designs import DesignError, Kind, design_get, designs_all

GOOD = """
name = "Essai"
kind = "poster"
formats = ["a4"]
figures = ["session", "card"]

[worlds]
night-signal = "Nuit et jaune"

[[fields]]
name = "headline"
label = "Titre"
max_length = 60
size_max = 40
size_min = 12.5
"""


def described(folder: Path, description: str) -> Path:
    (folder / "essai").mkdir(exist_ok=True)
    (folder / "essai" / "template.typ").write_text("#let a = 1\n")
    (folder / "essai" / "description.toml").write_text(description)
    return folder


def test_a_folder_with_a_description_is_a_design(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (design,) = designs_all(described(tmp_path, GOOD)).values()
    assert (design.key, design.name, design.kind) == ("essai", "Essai", Kind.POSTER)
    assert [one.key for one in design.formats] == ["a4"]
    assert design.figures == {"session": "session", "card": "card"}
    assert design.worlds == {"night-signal": "Nuit et jaune"}
    assert design.field("headline").size_min == 12.5
    assert not design.field("headline").is_free


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name =", "nom =", "nobody reads: nom"),
        ('kind = "poster"', 'kind = "flyer"', "'flyer' is none of poster, visual, card"),
        ('["a4"]', '["a9"]', "unknown formats"),
        ('["a4"]', "[]", "no formats"),
        ('["a4"]', '"a4"', "should be a list"),
        ("max_length = 60", "max_length = 0", "not positive"),
        ("max_length = 60", 'max_length = "60"', "should be a whole number"),
        ("max_length = 60", "max_length = true", "should be a whole number"),
        ("max_length = 60", "", "no max_length"),
        ("size_min = 12.5", "size_min = 50", "above size_max"),
        ("size_min = 12.5", "minimum = 5", "nobody reads: minimum"),
        ('label = "Titre"', "", "no label"),
        ('"headline"', '"the headline"', "no name of a field"),
        ("[[fields]]", "[fields]", "fields is missing"),
        ("size_min = 12.5", 'default = "' + "x" * 61 + '"', "default of field"),
        ('name = "Essai"', 'name = "Essai', "description.toml"),
    ],
)
def test_what_is_wrong_is_told_with_the_file(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(DesignError, match=said) as told:
        designs_all(described(tmp_path, GOOD.replace(old, new, 1)))
    assert "essai/description.toml" in str(told.value)


def test_a_design_without_template_is_told(tmp_path: Path) -> None:
    folder = described(tmp_path, GOOD)
    (folder / "essai" / "template.typ").unlink()
    with pytest.raises(DesignError, match=r"template\.typ is missing"):
        designs_all(folder)


def test_two_fields_of_one_name_are_told(tmp_path: Path) -> None:
    again = GOOD[GOOD.index("[[fields]]") :]
    with pytest.raises(DesignError, match="same name"):
        designs_all(described(tmp_path, GOOD + again))


def test_a_description_is_read_again_once_it_is_written_again(tmp_path: Path) -> None:
    folder = described(tmp_path, GOOD)
    assert designs_all(folder)["essai"].name == "Essai"
    described(folder, GOOD.replace("Essai", "Nouvel essai"))
    assert designs_all(folder)["essai"].name == "Nouvel essai"


@pytest.mark.parametrize("key", ["", "..", "shared", "serie/../serie", "Série", "-"])
def test_there_is_no_design_elsewhere(key: str) -> None:
    with pytest.raises(DesignError):
        design_get(key)
