"""load_demo on a small folder: both languages, once, and nothing the second time."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page

from hub.vocabulary.models import GlossaryTerm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_site() -> None:
    """What the migrations leave: a root, French, and nothing to read. The test database keeps nothing else."""
    if not Locale.objects.filter(language_code="fr").exists():
        Locale.objects.create(language_code="fr")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root", locale=Locale.objects.get(language_code="fr")))


def load(content: Path) -> str:
    out = StringIO()
    call_command("load_demo", content=content, stdout=out)
    return out.getvalue()


def everything() -> dict[str, str]:
    """Every row of every table that holds content."""
    labels = ("vocabulary", "home", "wagtailcore", "wagtail_localize", "media", "casestudies", "guides", "campaigns")
    return {
        model._meta.label: serializers.serialize("json", model.objects.order_by("pk"))
        for model in apps.get_models()
        if model._meta.app_label in labels
    }


def main_of(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser").main


def test_both_languages_are_live_and_truly_translated(content: Path, client: Client) -> None:
    assert "2 pages loaded" in load(content)
    french, english = main_of(client, "/fr/a-propos/"), main_of(client, "/en/about/")
    assert french.h1.get_text() == "À propos"
    assert english.h1.get_text() == "About"
    assert "Law changes, so we date everything." in english.get_text()
    assert "datons" not in english.get_text()
    assert english.select_one('.prose a[href="/en/"]').get_text() == "the home page"
    assert french.select_one('.prose a[href="/fr/"]').get_text() == "l’accueil"
    assert "1\u202f344" in french.get_text()
    assert "1,344" in english.get_text()
    assert "change\u00a0: nous" in french.get_text()


def test_audiences_stand_on_both_pages_and_terms_are_translated(content: Path) -> None:
    load(content)
    for page in Page.objects.filter(slug__in=["a-propos", "about"]):
        assert [tag.slug for tag in page.specific.audiences.all()] == ["elus"]
    assert set(GlossaryTerm.objects.values_list("term", flat=True)) == {"avenant", "amendment"}


def test_the_second_time_changes_nothing(content: Path) -> None:
    load(content)
    before = everything()
    assert "there already" in load(content)
    assert everything() == before


def test_what_editors_changed_or_deleted_stays_so(content: Path, client: Client) -> None:
    load(content)
    home = Page.objects.get(slug="accueil").specific
    home.title = "Changé"
    home.save_revision().publish()
    Page.objects.get(slug="a-propos").delete()
    load(content)
    assert Page.objects.get(slug="accueil").title == "Changé"
    assert not Page.objects.filter(slug="a-propos").exists()


def test_a_run_cut_short_is_taken_up_where_it_stopped(content: Path, client: Client, monkeypatch: Any) -> None:
    from hub.demo import loader

    translate, calls = loader.translate, []

    def failing(*args: Any, **kwargs: Any) -> Any:
        calls.append(args)
        if len(calls) > 1:
            raise RuntimeError("cut")
        return translate(*args, **kwargs)

    monkeypatch.setattr(loader, "translate", failing)
    with pytest.raises(RuntimeError, match="cut"):
        load(content)
    monkeypatch.undo()
    load(content)
    assert main_of(client, "/en/about/").h1.get_text() == "About"
    assert Page.objects.filter(depth=3).count() == 2
