"""The form of "Share your experience": steps, mistakes, files, and what one sending makes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casestudies.models import CaseStudyPage, Contribution, ContributionFile, Organisation
from tests.casestudies.contributing import CAME, SOMEBODY, WHAT, WHO, Walk, fields, shared, soup
from tests.factories import files
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(hub: Hub) -> str:
    return str(hub.library("contribution").get_url())


@pytest.fixture
def english_form(hub: Hub) -> str:
    return str(hub.library("contribution", "en", title="Share your experience").get_url())


def nothing_kept() -> bool:
    return not (Contribution.objects.exists() or CaseStudyPage.objects.exists() or Organisation.objects.exists())


# --- What a sending makes ---


def test_an_account_becomes_a_draft_that_nobody_can_read_yet(client: Client, form: str) -> None:
    own = shared(client, form)
    row = Contribution.objects.get()
    page = row.page
    assert row.status == "received" and row.language == "fr" and row.email == "camille@atelier.example"
    assert not page.live and "Atelier du Bocage" in page.title and page.title.endswith("Deux jours par semaine")
    assert page.status == "testimony" and page.organisation.commune == "Vire Normandie"
    assert page.workflow_in_progress
    draft = page.get_latest_revision_as_object()
    assert "<p>Un essai de six mois.</p>" in draft.approach and "tous\u202f?" in draft.approach
    assert draft.figures[0].value["value"] == 1200 and draft.costs[0].value["unit"] == "€"
    assert draft.figures[0].value["note"] == "Carnet de bord de chacun."
    assert draft.difficulties[0].value["problem"] == "Les débuts ont été lents."
    assert client.get(f"/fr/etudes-de-cas/{page.slug}/").status_code == 404
    assert "Camille" not in str(draft.serializable_data()) and "atelier.example" not in str(draft.serializable_data())
    assert client.get(own).status_code == 200


def test_an_english_account_becomes_an_english_draft(client: Client, english_form: str) -> None:
    own = shared(client, english_form, commune="", figure_1_value="1,200", cost_1_value="8400.50")
    row = Contribution.objects.get()
    assert row.language == "en" and row.page.locale.language_code == "en"
    assert row.page.organisation.locale.language_code == "en"
    assert row.page.get_parent().slug == "case-studies" and "/follow/" in own
    assert row.page.title == "Atelier du Bocage: Deux jours par semaine"
    assert "What you did" not in client.get(own).content.decode()


def test_what_stays_open_is_said_not_to_be_known(client: Client, form: str) -> None:
    empty = dict.fromkeys([*WHAT, *CAME], "") | {"how": "Un essai.", "size": "", "commune": "", "role": ""}
    shared(client, form, **empty)
    draft = Contribution.objects.get().page.get_latest_revision_as_object()
    assert len(draft.unknowns) == 8 and not draft.figures and not draft.difficulties
    assert draft.organisation.size_band == "unknown" and draft.period_start is None


def test_an_organisation_that_may_not_be_named_is_not(client: Client, form: str) -> None:
    shared(client, form, {"may_be_named": ""})
    page = Contribution.objects.get().page
    data = str(page.get_latest_revision_as_object().serializable_data()) + str(vars(page.organisation))
    assert "Atelier" not in data and "Vire" not in data and "14762" not in data
    assert "Calvados" in page.title


def test_the_receipt_and_the_team_are_mailed_once_the_row_is_kept(
    client: Client, form: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        own = shared(client, form)
    team, receipt = sorted(mail.outbox, key=lambda each: each.to == ["camille@atelier.example"])
    assert receipt.to == ["camille@atelier.example"] and own.split("key=")[1] in receipt.body
    assert "camille" not in (team.body + team.subject).lower() and "/admin/pages/" in team.body
    row = Contribution.objects.get()
    assert row.receipt_sent_at and row.team_told_at


# --- Steps ---


def test_nothing_is_kept_and_no_cookie_set_before_it_is_sent(client: Client, form: str) -> None:
    walk = Walk(client, form).to_the_last_step()
    assert nothing_kept() and not client.cookies
    assert walk.response["Cache-Control"] == "no-store"
    assert Walk(client, form).response["Cache-Control"] == "no-store"
    assert "Carnet de bord de chacun." in walk.page.get_text()


def test_a_step_that_holds_a_problem_is_shown_again_with_everything_typed(client: Client, form: str) -> None:
    walk = Walk(client, form)
    walk.press(**{**WHO, "email": "camille@", "commune": "Nowhere-sur-Orne", "kind": ""})
    shown = fields(walk.page)
    assert shown["step"] == "1" and shown["email"] == "camille@" and shown["commune"] == "Nowhere-sur-Orne"
    assert shown["organisation"] == WHO["organisation"]
    assert {tag["href"] for tag in walk.page.select(".error-summary a")} == {"#id_email", "#id_commune", "#id_kind"}


def test_going_back_and_forth_loses_nothing(client: Client, form: str) -> None:
    walk = Walk(client, form).to_the_last_step()
    for go in ("back", "1", "3", "2", "4"):
        walk.press(go)
    assert {**WHO, **WHAT, **CAME}.items() <= {
        name: value.replace("\r\n", "\n") for name, value in fields(walk.page).items()
    }.items()


def test_back_is_allowed_with_a_mistake_and_forward_is_not(client: Client, form: str) -> None:
    walk = Walk(client, form)
    walk.press(**WHO)
    walk.press("back", start_year="20")
    assert fields(walk.page)["step"] == "1" and not walk.errors
    walk.press()
    walk.press(how="Un essai.")
    assert fields(walk.page)["step"] == "2" and walk.errors


def test_a_commune_whose_name_several_share_is_asked_for_by_its_code(client: Client, form: str) -> None:
    walk = Walk(client, form)
    walk.press(**{**WHO, "commune": "Beaumont"})
    assert "(14055)" in walk.errors
    walk.press(commune="14055")
    assert not walk.errors


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"start_year": "1066"}, "start_year"),
        ({"start_year": "2999"}, "start_year"),
        ({"start_year": "2020", "end_year": "2019"}, "end_year"),
        ({"people_total": "douze"}, "people_total"),
        ({"people_total": "5", "people_teleworking": "7"}, "people_teleworking"),
        ({"how": "x" * 100_000}, "how"),
        ({"how": "caf\x00é"}, "how"),
        ({"headline": "🎉"}, "headline"),
        ({"rhythm": "weekly"}, "rhythm"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(client: Client, form: str, wrong: dict[str, str], field: str) -> None:
    walk = Walk(client, form)
    walk.press(**WHO)
    walk.press(**{**WHAT, **wrong})
    assert [tag["href"] for tag in walk.page.select(".error-summary a")] == [f"#id_{field}"]
    assert nothing_kept()


def test_a_figure_stands_whole_or_not_at_all(client: Client, form: str) -> None:
    walk = Walk(client, form)
    walk.press(**WHO)
    walk.press(**WHAT)
    walk.press(figure_2_value="12", difficulty_2_answer="Ainsi.", cost_1_label="ordinateurs")
    assert {tag["href"] for tag in walk.page.select(".error-summary a")} == {
        *("#id_figure_2_label", "#id_figure_2_year", "#id_difficulty_2", "#id_cost_1_value", "#id_cost_1_year")
    }
    assert walk.page.select_one("details[open] #id_figure_2_value")


# --- Sending ---


def test_without_agreement_nothing_is_kept(client: Client, form: str) -> None:
    walk = Walk(client, form).to_the_last_step()
    assert walk.send(agree="").status_code == 200
    assert [tag["href"] for tag in walk.page.select(".error-summary a")] == ["#id_agree"] and nothing_kept()


def test_a_jump_to_the_end_turns_to_the_first_step_that_lacks_something(client: Client, form: str) -> None:
    walk = Walk(client, form)
    walk.press("send", step="4", agree="on", organisation="Atelier")
    assert fields(walk.page)["step"] == "1" and walk.errors and nothing_kept()


def test_sent_twice_from_two_tabs_it_makes_one_row_and_shows_the_first_receipt(client: Client, form: str) -> None:
    walk = Walk(client, form).to_the_last_step()
    first, second = walk.send(), walk.send()
    assert first.status_code == second.status_code == 303 and first["Location"] == second["Location"]
    assert Contribution.objects.count() == CaseStudyPage.objects.count() == 1


@pytest.mark.parametrize("changed", [{"how": "Autre chose."}, {"email": "autre@atelier.example"}, {"why": ""}])
def test_sent_again_with_other_words_it_says_so_and_loses_none(
    client: Client, form: str, changed: dict[str, str]
) -> None:
    walk = Walk(client, form).to_the_last_step()
    own = walk.send()["Location"].partition("&")[0]
    assert walk.send(**changed).status_code == 200
    assert changed.items() <= {"why": "", **fields(walk.page)}.items()
    assert walk.page.select_one(f'.error-summary a[href="{own}"]') and walk.response["Cache-Control"] == "no-store"
    assert Contribution.objects.count() == 1
    client.post(f"{own}&do=withdraw")
    assert walk.send(**changed).status_code == 303 and Contribution.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "longest"), [("rhythm_detail", 250), ("organisation", 120), ("tip_1", 300), ("figure_1_unit", 60)]
)
@pytest.mark.parametrize("unit", ["«a» ", "a! "])
def test_a_line_that_french_spaces_make_too_long_is_told_at_its_field(
    client: Client, form: str, field: str, longest: int, unit: str
) -> None:
    walk = Walk(client, form)
    typed = (unit * longest)[:longest].strip()
    for step in (WHO, WHAT, CAME):
        walk.press(**{**step, field: typed})
        if walk.errors:
            break
    assert [tag["href"] for tag in walk.page.select(".error-summary a")] == [f"#id_{field}"]
    assert fields(walk.page)[field] == typed


def test_no_line_of_what_was_not_measured_is_cut(client: Client, form: str) -> None:
    walk = Walk(client, form)
    walk.press(**WHO)
    walk.press(**WHAT)
    walk.press(**{**CAME, "unmeasured": "La fatigue. " * 40})
    assert [tag["href"] for tag in walk.page.select(".error-summary a")] == ["#id_unmeasured"]


def test_sent_twice_at_the_same_moment_it_makes_one_row(
    client: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one looked for the first before that was committed."""
    walk = Walk(client, form).to_the_last_step()
    first = walk.send(file_1=files.upload("a.pdf", files.PDF))
    monkeypatch.setattr("hub.submissions.guard.Guard.sent_before", lambda self, model: None)
    second = walk.send(file_1=files.upload("a.pdf", files.PDF))
    assert first.status_code == second.status_code == 303 and first["Location"] == second["Location"]
    assert Contribution.objects.count() == CaseStudyPage.objects.count() == ContributionFile.objects.count() == 1
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "forged", [{"form_token": "abc:def:ghi"}, {"form_token": ""}, {"homepage": "https://spam.example"}]
)
def test_a_refused_sending_keeps_what_was_typed_and_passes_the_next_time(
    client: Client, form: str, forged: dict[str, str]
) -> None:
    walk = Walk(client, form).to_the_last_step()
    assert walk.send(**forged).status_code == 200
    assert walk.errors and nothing_kept() and fields(walk.page)["how"].startswith("Un essai")
    assert fields(walk.page)["homepage"] == ""
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert walk.press("send").status_code == 303


def test_the_sixth_account_of_an_hour_from_one_address_waits(client: Client, form: str) -> None:
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        for _ in range(5):
            shared(client, form)
        walk = Walk(client, form).to_the_last_step()
        clock.shift(10)
        response = client.post(form, {**fields(walk.page), "go": "send", "agree": "on"}, REMOTE_ADDR=SOMEBODY)
        assert response.status_code == 200 and Contribution.objects.count() == 5
        elsewhere = client.post(form, {**fields(walk.page), "go": "send", "agree": "on"}, REMOTE_ADDR="198.41.0.5")
        assert elsewhere.status_code == 303


def test_another_site_cannot_send_the_form(client: Client, form: str) -> None:
    data = {"go": "send", "step": "4", **WHO, **WHAT, "agree": "on"}
    assert client.post(form, data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, form: str, method: str) -> None:
    assert getattr(client, method)(form).status_code in (403, 405)


def test_markup_formulas_and_line_breaks_are_words(
    client: Client, form: str, django_capture_on_commit_callbacks: Any
) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    with django_capture_on_commit_callbacks(execute=True):
        shared(
            client,
            form,
            how=f'{hostile}\n\n=HYPERLINK("https://evil.example")',
            headline='=HYPERLINK("x")',
            organisation="Atelier <b>",
            name="Camille\r\nBcc: all@example.org",
            difficulty_1_answer=hostile,
            tip_1="javascript:alert(1)",
        )
    page = CaseStudyPage.objects.get()
    draft = page.get_latest_revision_as_object()
    assert "<script" not in draft.approach and "&lt;script&gt;" in draft.approach
    assert "<img" not in str(draft.difficulties[0].value["answer"])
    draft.save_revision().publish()
    shown = soup(client.get(page.get_url()))
    assert not shown.select("main script, main img[onerror]") and "alert(1)" in shown.get_text()
    assert all("\n" not in each.subject and not each.bcc for each in mail.outbox if "camille" in each.to[0])


# --- Files ---


def last_screen(client: Client, form: str) -> Walk:
    return Walk(client, form).to_the_last_step()


def test_files_are_kept_out_of_reach_under_names_of_ours(client: Client, form: str) -> None:
    picture, paper = files.upload("../../Vire été.JPG", files.picture("JPEG")), files.upload("bilan.pdf", files.PDF)
    last = {"file_1": picture, "alt_1": "La salle.", "file_2": paper, "photo_rights": "on"}
    response = last_screen(client, form).send(**last)
    assert response.status_code == 303
    rows = list(ContributionFile.objects.order_by("pk"))
    assert [row.media_type for row in rows] == ["image/jpeg", "application/pdf"]
    assert rows[0].name == "Vire été.JPG" and "Vire" not in rows[0].file.name and rows[0].file.name.endswith(".jpg")
    assert storages["private"].exists(rows[1].file.name)
    for row in rows:
        assert client.get(f"/media/private/{row.file.name}").status_code == 404
        assert client.get(f"/media/{row.file.name}").status_code == 404


def test_a_picture_loses_what_the_camera_noted(client: Client, form: str) -> None:
    import io

    from PIL import Image

    exif = Image.Exif()
    exif[0x010F] = "Camera of Camille"
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48)).save(buffer, "JPEG", exif=exif)
    assert b"Camille" in buffer.getvalue()
    last = {"file_1": files.upload("a.jpg", buffer.getvalue()), "alt_1": "La salle.", "photo_rights": "on"}
    assert last_screen(client, form).send(**last).status_code == 303
    assert b"Camille" not in ContributionFile.objects.get().file.read()


@pytest.mark.parametrize(
    ("name", "content", "rights"),
    [
        ("a.exe", b"MZ", "on"),
        ("a.svg", files.SVG, "on"),
        ("a.html", files.HTML, "on"),
        ("a.pdf", files.HTML, "on"),
        ("a.pdf", b"", "on"),
        ("a.png", files.HTML, "on"),
        ("a.jpg", files.picture("PNG"), "on"),
        ("a.png", files.png(60_000, 60_000), "on"),
        ("a.docx", files.archive(mimetype=b"x"), "on"),
        ("noextension", files.PDF, "on"),
        ("a.png", files.picture(), ""),
    ],
    # Archives hold the time: workers would not agree on names made of bytes.
    ids=[
        *("program", "svg", "html", "html as pdf", "empty", "html as png", "png as jpg", "60000 pixels wide"),
        *("archive as docx", "without extension", "without rights"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_and_nothing_typed_is_lost(
    client: Client, form: str, name: str, content: bytes, rights: str
) -> None:
    walk = last_screen(client, form)
    response = walk.send(file_1=files.upload(name, content), alt_1="La salle.", photo_rights=rights)
    assert response.status_code == 200 and nothing_kept() and name in walk.errors
    shown = fields(walk.page)
    assert shown["alt_1"] == "La salle." and shown["how"].startswith("Un essai") and shown["agree"] == "on"


def test_a_picture_needs_its_alternative_text(client: Client, form: str) -> None:
    walk = last_screen(client, form)
    walk.send(file_1=files.upload("a.png", files.picture()), photo_rights="on")
    assert [tag["href"] for tag in walk.page.select(".error-summary a")] == ["#id_alt_1"]


def test_twenty_megabytes_are_refused_with_everything_typed_kept(client: Client, form: str) -> None:
    walk = last_screen(client, form)
    response = walk.send(file_1=files.upload("long.pdf", b"%PDF-" + b"0" * 20_000_000), alt_1="Le bilan.")
    assert response.status_code == 200 and nothing_kept()
    assert [tag["href"] for tag in walk.page.select(".error-summary a")] == ["#id_file_1"]
    assert fields(walk.page)["alt_1"] == "Le bilan." and fields(walk.page)["how"].startswith("Un essai")


def test_a_request_beyond_all_measure_is_not_read(client: Client, form: str) -> None:
    response = client.generic(
        "POST", form, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="900000000"
    )
    assert response.status_code == 413 and soup(response).select_one("h1")


def test_a_small_archive_that_unpacks_to_something_enormous_is_refused(client: Client, form: str) -> None:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("mimetype", b"0" * 150_000_000)
    walk = last_screen(client, form)
    assert walk.send(file_1=files.upload("a.odt", buffer.getvalue())).status_code == 200
    assert [tag["href"] for tag in walk.page.select(".error-summary a")] == ["#id_file_1"]


def test_no_file_is_left_behind_when_the_sending_fails(
    client: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = last_screen(client, form)
    saved: list[str] = []
    storage = storages["private"]
    save = storage.save
    monkeypatch.setattr(
        storage, "save", lambda name, *args, **more: saved.append(save(name, *args, **more)) or saved[-1]
    )
    monkeypatch.setattr(ContributionFile, "save", lambda self, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        walk.send(file_1=files.upload("a.pdf", files.PDF))
    assert nothing_kept() and saved and not storage.exists(saved[0])


# --- Whatever comes ---


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.dictionaries(
        st.sampled_from([*WHO, *WHAT, *CAME, "step", "go", "reached", "drop", "agree", "form_token", "alt_1"]),
        st.one_of(st.text(max_size=60), st.sampled_from(["1", "4", "send", "next", "back", "on", "-1", "é" * 400])),
        max_size=12,
    )
)
def test_no_form_whatsoever_fails(client: Client, form: str, data: dict[str, str]) -> None:
    assert client.post(form, data).status_code in (200, 303)


def test_the_open_form_costs_few_queries(client: Client, form: str, django_assert_max_num_queries: Any) -> None:
    client.get(form)
    with django_assert_max_num_queries(12):
        client.get(form)
