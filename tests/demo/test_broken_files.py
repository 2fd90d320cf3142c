"""A broken content file is named with its line, and the database stays as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page, Revision

from hub.vocabulary.models import Audience, Source

pytestmark = pytest.mark.django_db

Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


@pytest.mark.parametrize(
    ("file", "change", "at", "message"),
    [
        ("pages/about.yaml", swap("type: page", "type: page: page"), "type: page", "mapping values"),
        ("pages/about.yaml", swap("type: page", "type: sheet"), "type: sheet", "« sheet » is not one of"),
        ("pages/about.yaml", swap("parent: home", "parent: nowhere"), "parent: nowhere", "« nowhere »"),
        ("pages/about.yaml", swap("territories: [orne]", "territories: [paris]"), "[paris]", "« paris »"),
        ("pages/about.yaml", swap("audiences: [elus]", "audiences: [rois]"), "[rois]", "« rois »"),
        ("pages/about.yaml", swap("audiences: [elus]", "readers: [elus]"), "type: page", "« audiences » is missing"),
        ("pages/about.yaml", swap("order: 1", "colour: red"), "colour: red", "« colour » is no field"),
        ("pages/about.yaml", swap("source: STUDY", "source: RUMOUR"), "RUMOUR", "« RUMOUR »"),
        ("pages/about.yaml", swap('year: "2015"', 'year: "15"'), '"15"', "2015"),
        ("pages/about.yaml", swap("value: 1344", "value: many"), "value: many", "« many » is no number"),
        ("pages/about.yaml", swap("en: Firms seen", "en: ''"), "label:", "the text in en is missing"),
        ("pages/about.yaml", swap("en: Firms seen", "de: Firmen"), "label:", "exactly fr and en"),
        ("pages/about.yaml", swap("en: Firms seen", "en: Entreprises vues"), "label:", "same"),
        ("pages/about.yaml", swap("[the home page](page:home)", "the home page"), "body:", "links differ"),
        ("pages/about.yaml", swap("- figures:", "- numbers:"), "- numbers:", "« numbers » is not one of"),
        ("pages/home.yaml", swap("tagline:", "# tagline:"), "type: home", "« tagline » is missing"),
        ("vocabulary/sources.yaml", swap("kind: primary", "kind: gossip"), "gossip", "kind"),
        ("vocabulary/audiences.yaml", swap("slug: elus", "slug: Élus locaux"), "Élus locaux", "slug"),
        ("snippets/glossary.yaml", swap("definition:", "meaning:"), "meaning:", "« meaning »"),
    ],
)
def test_names_file_and_line(content: Path, file: str, change: Change, at: str, message: str) -> None:
    path = content / file
    text = change(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    before = (Page.objects.count(), Revision.objects.count(), Audience.objects.count(), Source.objects.count())
    with pytest.raises(CommandError) as failure:
        call_command("load_demo", content=content)
    said = str(failure.value)
    assert f"{file}:{line_of(text, at)}:" in said, said
    assert message in said, said
    assert before == (Page.objects.count(), Revision.objects.count(), Audience.objects.count(), Source.objects.count())


def test_unknown_page_link_and_missing_paragraph(content: Path) -> None:
    path = content / "pages/about.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("l’accueil](page:home)", "l’accueil](page:nowhere)"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"about\.yaml:\d+: no page has the key « nowhere »"):
        call_command("load_demo", content=content)
    path.write_text(text.replace("Law changes, so we date everything.", ""), encoding="utf-8")
    with pytest.raises(CommandError, match=r"about\.yaml:\d+: body.*paragraphs, lists or headings differ"):
        call_command("load_demo", content=content)


def test_the_hub_s_own_files_are_sound() -> None:
    call_command("load_demo", check=True)
