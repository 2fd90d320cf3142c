"""From the empty page to the papers, over HTTP and without JavaScript, in both languages."""

import datetime
import io
import zipfile
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from guides.carrying import LETTER_FIELDS
from guides.letters.forms import LetterForm
from guides.models import LettersMade
from tests.factories.hub import Hub
from tests.factories.letters import ENOUGH, SENTENCES, Visitor, cards, fields_of, letter_pages, sent
from tests.factories.pages import RefusalFactory, ReplyFactory, SavingsPageFactory

pytestmark = pytest.mark.django_db

TITLES = {
    "fr": ("Votre situation", "Vous et la personne à qui vous écrivez", "Votre demande"),
    "en": ("Your situation", "You and the person you write to", "Your request"),
}


@pytest.fixture
def pages(hub: Hub) -> dict[str, str]:
    return letter_pages(hub)


def visit(client: Client, url: str) -> Visitor:
    return Visitor(client, url).open()


def through(visitor: Visitor, **more: Any) -> Visitor:
    """All six steps with as little as may be, and ``more`` where the step asks for it."""
    steps = (
        ("sector", "text", "text_reference", "disabled_or_carer", "doctor", "eligible"),
        ("first_name", "last_name", "post", "function", "firm", "civility", "recipient_name", "recipient_title"),
        ("rhythm", "days", "weekdays", "start", "trial_end", "review", "place", "ltp_name"),
        ("task_1", "task_2", "morning_start", "morning_end", "kit"),
        ("arguments", "own_words_1", "card", "commute", "commute_km", "commute_minutes"),
        ("town", "date", "delivery", "language", "enclosures"),
    )
    answers = {**ENOUGH, **more}
    assert set(answers) <= {name for step in steps for name in step}
    for names in steps:
        visitor.press("go", "next", **{name: answers[name] for name in names if name in answers})
        assert not visitor.wrong(), visitor.wrong()
    return visitor


def test_the_form_asks_what_travels_between_the_tools() -> None:
    assert set(LetterForm.base_fields) == set(LETTER_FIELDS)
    assert len(LETTER_FIELDS) == len(set(LETTER_FIELDS))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_six_steps_lead_to_a_letter(client: Client, pages: dict[str, str], language: str) -> None:
    visitor = visit(client, pages[language])
    assert visitor.heading
    visitor.press("go", "next", sector="private", text="none")
    assert visitor.page.find("li", attrs={"aria-current": "step"}).find(class_="letter-step-number").get_text() == "2"
    visitor.press(
        "go", "next", first_name="Maud", last_name="Lecœur", post="Comptable", function="Directrice", firm="X"
    )
    visitor.press("go", "next", start="01/02/2027", days="2", weekdays=["1", "3"])
    assert not visitor.wrong()
    visitor.press("go", "next", task_1="Saisir les factures")
    visitor.press("go", "next")
    visitor.press("go", "next", town="Vire", date="23/11/2026")
    assert "Maud Lecœur" in visitor.sheet
    assert "mardi et jeudi" in visitor.sheet.replace("le ", "") or "le mardi et le jeudi" in visitor.sheet
    assert "1er février 2027" in visitor.sheet
    assert "À Vire, le 23 novembre 2026" in visitor.sheet
    assert LettersMade.objects.get().total == 1


def test_an_english_reader_sees_the_english_beside_the_french(client: Client, pages: dict[str, str]) -> None:
    visitor = through(visit(client, pages["en"]))
    rows = visitor.page.select(".letter-finished .letter-pair")
    assert len(rows) > 8
    for row in rows:
        french, english = row.find_all("div", recursive=False)
        assert (french["lang"], english["lang"]) == ("fr", "en")
        if french.get_text(strip=True) and "part-sender" not in str(french):
            assert english.get_text(strip=True), french
    assert "1 February 2027" in visitor.sheet and "1er février 2027" in visitor.sheet


def test_a_french_reader_sees_the_letter_alone(client: Client, pages: dict[str, str]) -> None:
    visitor = through(visit(client, pages["fr"]))
    assert not visitor.page.select(".letter-pair")
    assert visitor.page.find(class_="letter-sheet")["lang"] == "fr"
    assert "1er février 2027" in visitor.sheet


@pytest.mark.parametrize("site", ["fr", "en"])
def test_a_letter_in_english_stands_alone(client: Client, pages: dict[str, str], site: str) -> None:
    visitor = through(visit(client, pages[site]), language="en")
    assert not visitor.page.select(".letter-pair")
    assert visitor.page.find(class_="letter-sheet")["lang"] == "en"
    assert "1 February 2027" in visitor.sheet
    assert LettersMade.objects.get().language == "en"


def test_nothing_is_asked_for_that_was_not_chosen(client: Client, pages: dict[str, str]) -> None:
    form = visit(client, pages["fr"]).page.find("form", class_="letter-form")
    ticked = {field["name"] for field in form.find_all("input", checked=True)}
    assert ticked == set(), "no sector, no special situation is chosen for anybody"


def test_next_checks_its_own_step_only(client: Client, pages: dict[str, str]) -> None:
    visitor = visit(client, pages["fr"]).press("go", "next")
    assert set(visitor.wrong()) == {"sector"}
    visitor.press("go", "next", sector="state")
    visitor.press("go", "next", first_name="Maud")
    assert set(visitor.wrong()) == {"last_name", "post", "function", "firm"}
    summary = visitor.page.find(class_="error-summary")
    assert summary["role"] == "alert" and summary["tabindex"] == "-1"
    for link in summary.find_all("a"):
        assert visitor.page.find(id=link["href"].removeprefix("#")), link["href"]
    assert visitor.page.find(id="q_first_name")["value"] == "Maud"


def test_going_back_checks_nothing_and_keeps_everything(client: Client, pages: dict[str, str]) -> None:
    visitor = visit(client, pages["fr"]).press("go", "next", sector="private", text="charter")
    visitor.press("go", "back", first_name="Maud 😀", since="13/2019")
    assert not visitor.wrong()
    assert visitor.page.find("input", attrs={"name": "text", "value": "charter"}).has_attr("checked")
    visitor.press("go", "next")
    assert visitor.page.find(id="q_first_name")["value"] == "Maud 😀"
    assert visitor.page.find(id="q_since")["value"] == "13/2019"
    assert visitor.page.find(id="q_since")["type"] == "text", "a month field would show an empty box"


def test_steps_already_seen_are_a_button_away(client: Client, pages: dict[str, str]) -> None:
    visitor = through(visit(client, pages["fr"]))
    visitor.press("go", "3")
    assert visitor.page.find(id="q_start")["value"] == "2027-02-01"
    states = [item["class"][0] for item in visitor.page.select(".letter-steps li")]
    assert states == ["done", "done", "here", "done", "done", "done"]
    visitor.press("go", "1", start="2020-01-01").press("go", "2")
    states = [item["class"][0] for item in visitor.page.select(".letter-steps li")]
    assert states == ["done", "here", "wrong", "done", "done", "done"]
    visitor.press("go", "3")
    assert set(visitor.wrong()) == {"start"}, "a step that was passed shows what does not hold any more"


def test_a_paper_that_cannot_be_written_leads_to_the_first_step_to_mend(client: Client, pages: dict[str, str]) -> None:
    response = client.post(pages["fr"], {**ENOUGH, "firm": "", "step": "6", "go": "next"})
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one(".letter-steps [aria-current] .letter-step-number").get_text() == "2"
    assert page.find(id="q_firm_error")
    assert not LettersMade.objects.exists()


def test_days_left_empty_are_said(client: Client, pages: dict[str, str]) -> None:
    visitor = visit(client, pages["en"])
    visitor.press("go", "next", sector="private", text="none")
    visitor.press(
        "go", "next", **{name: ENOUGH[name] for name in ("first_name", "last_name", "post", "function", "firm")}
    )
    visitor.press("go", "next", start="2027-02-01").press("go", "back")
    assert "1 May 2027" in visitor.page.find(id="q_trial_end_helptext").get_text()
    assert "17 March 2027" in visitor.page.find(id="q_review_helptext").get_text()


def test_public_servants_and_three_days(client: Client, pages: dict[str, str]) -> None:
    data = {**ENOUGH, "sector": "hospital", "days": "4", "per": "week", "step": "3", "go": "next"}
    page = BeautifulSoup(client.post(pages["fr"], data).content, "html.parser")
    assert page.find(id="q_days_error")
    ticked = BeautifulSoup(client.post(pages["fr"], {**data, "pregnant": "on"}).content, "html.parser")
    assert not ticked.find(id="q_days_error")


def test_what_an_earlier_answer_made_idle_says_nothing(client: Client, pages: dict[str, str]) -> None:
    idle = {
        "sector": "state",
        "text": "charter",
        "text_reference": "Charte 2020",
        "eligible": "yes",
        "ltp_name": "Le Lieu",
    }
    visitor = Visitor(client, pages["fr"])
    visitor._read(client.post(pages["fr"], {**ENOUGH, **idle, "arguments": ["mobility"], "step": "6", "go": "next"}))
    assert visitor.page.find(class_="letter-finished")
    assert "Charte 2020" not in visitor.sheet and "Le Lieu" not in visitor.sheet and "L2242-17" not in visitor.sheet


# --- Files and companions ---

OPENINGS = {"docx": b"PK", "odt": b"PK", "pdf": b"%PDF", "txt": b"", "ics": b"BEGIN:VCALENDAR"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_file_can_be_taken(client: Client, pages: dict[str, str], language: str) -> None:
    visitor = through(visit(client, pages[language]))
    for extension, opening in OPENINGS.items():
        form = visitor.page.find("form", class_="letter-form")
        response = client.post(visitor.url, sent(fields_of(form), "format", extension))
        assert response.status_code == 200, extension
        assert response.content.startswith(opening), extension
        assert response["Cache-Control"] == "no-store"
        disposition = response["Content-Disposition"]
        assert (
            disposition.startswith("attachment; ") and disposition.endswith(f'.{extension}"') and disposition.isascii()
        )
    assert LettersMade.objects.get().total == 1, "a second look and a second format do not count again"


def test_the_reading_copy_says_that_it_is_one(client: Client, pages: dict[str, str]) -> None:
    visitor = through(visit(client, pages["en"]))
    form = visitor.page.find("form", class_="letter-form")
    response = client.post(visitor.url, sent(fields_of(form), "format", "reading.docx"))
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        words = file.read("word/document.xml").decode()
    assert "1 February 2027" in words and "Translation for information" in words
    assert not through(visit(client, pages["fr"])).page.find("button", value="reading.docx")


COMPANIONS = ("email", "trial_plan", "reminder", "thanks", "after_refusal")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_papers_that_go_with_it(client: Client, pages: dict[str, str], language: str) -> None:
    visitor = through(visit(client, pages[language]))
    for kind in COMPANIONS:
        visitor.press("paper", kind)
        assert visitor.page.find(class_="letter-finished"), kind
        assert not visitor.wrong()
        form = visitor.page.find("form", class_="letter-form")
        assert client.post(visitor.url, sent(fields_of(form), "format", "txt")).status_code == 200
    visitor.press("paper", "letter")
    assert "1er février 2027" in visitor.sheet
    made = dict(LettersMade.objects.values_list("kind", "total"))
    assert made == dict.fromkeys(("letter", *COMPANIONS), 1)


def test_a_companion_asks_its_own_questions(client: Client, pages: dict[str, str]) -> None:
    visitor = through(visit(client, pages["fr"])).press("paper", "after_refusal")
    visitor.press("go", "paper", refused_on="12/12/2026", fallback="ltp", talk_again="2027-03-01")
    assert "12 décembre 2026" in visitor.sheet and "1er mars 2027" in visitor.sheet
    visitor.press("go", "paper", refused_on="31/02/2027", talk_again="2020-01-01")
    assert set(visitor.wrong()) == {"refused_on", "talk_again"}
    assert visitor.page.find(id="q_refused_on")["value"] == "31/02/2027"
    assert visitor.page.find(class_="letter-finished"), "the paper is shown without what is wrong"
    form = visitor.page.find("form", class_="letter-form")
    refused = client.post(visitor.url, sent(fields_of(form), "format", "pdf"))
    assert refused["Content-Type"].startswith("text/html"), "no file while a question holds a problem"


def test_a_reminder_can_be_the_first_paper(client: Client, pages: dict[str, str]) -> None:
    few = {name: value for name, value in ENOUGH.items() if name not in ("start", "task_1")}
    visitor = Visitor(client, pages["fr"])
    visitor._read(client.post(pages["fr"], {**few, "paper": "reminder", "carry": "1"}))
    assert not visitor.wrong()
    visitor.press("go", "next")
    assert visitor.page.find(class_="letter-finished")
    assert dict(LettersMade.objects.values_list("kind", "total")) == {"reminder": 1}


def test_plain_text_can_be_copied(client: Client, pages: dict[str, str]) -> None:
    area = through(visit(client, pages["fr"])).page.find("textarea", id="letter-text")
    assert area.has_attr("readonly") and area["lang"] == "fr"
    assert "Maud Lecœur" in area.get_text()


# --- To and from the other tools ---


def test_answers_from_another_tool_show_the_first_open_step(client: Client, pages: dict[str, str]) -> None:
    visitor = Visitor(client, pages["fr"])
    visitor._read(client.post(pages["fr"], {"carry": "1", "sector": "private", "text": "none", "commute_km": "38"}))
    assert not visitor.wrong() and not visitor.page.find(class_="error-summary")
    assert visitor.page.select_one(".letter-steps [aria-current] .letter-step-number").get_text() == "2"
    assert fields_of(visitor.page.find("form", class_="letter-form"))["commute_km"] == ["38"]


def test_doors_to_tools_that_exist(client: Client, hub: Hub, pages: dict[str, str]) -> None:
    assert not visit(client, pages["fr"]).page.find("button", attrs={"name": "carry"})
    refusal = RefusalFactory(parent=hub.guide())
    hidden = SavingsPageFactory(parent=hub.guide(), live=False)
    hub.step(title="Trier", task_table=True)
    hub.step(title="Autre")
    [door] = visit(client, pages["fr"]).page.find_all("button", attrs={"name": "carry"})
    assert door["formaction"] == refusal.get_url()
    assert not visit(client, pages["en"]).page.find("button", attrs={"name": "carry"}), "not there in English"
    data = {**ENOUGH, "step": "3", "go": "next"}
    page = BeautifulSoup(client.post(pages["fr"], data).content, "html.parser")
    assert [each["formaction"].split("/")[-2] for each in page.find_all("button", attrs={"name": "carry"})] == ["trier"]
    page = BeautifulSoup(client.post(pages["fr"], {**data, "step": "4"}).content, "html.parser")
    assert hidden.get_url() not in str(page)


def test_the_decoder_is_offered_with_the_letter(client: Client, hub: Hub, pages: dict[str, str]) -> None:
    decoder = ReplyFactory(parent=hub.guide())
    visitor = through(visit(client, pages["fr"]))
    assert visitor.page.find("button", attrs={"formaction": decoder.get_url()})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_ticked_cards_give_their_sentence(client: Client, hub: Hub, pages: dict[str, str], language: str) -> None:
    card = cards(hub)
    visitor = visit(client, pages[language])
    data = {**ENOUGH, "step": "4", "go": "next"}
    visitor._read(client.post(visitor.url, data))
    assert SENTENCES[language] in visitor.page.find("fieldset", id="q_card").get_text()
    visitor.press("go", "next", card=card).press("go", "next")
    assert SENTENCES["fr"] in visitor.sheet
    assert (SENTENCES["en"] in visitor.sheet) is (language == "en")


def test_a_card_that_is_gone_stands_in_nobody_s_way(client: Client, hub: Hub, pages: dict[str, str]) -> None:
    cards(hub, en="")
    visitor = Visitor(client, pages["fr"])
    visitor._read(client.post(pages["fr"], {**ENOUGH, "card": "gone", "step": "6", "go": "next"}))
    assert visitor.page.find(class_="letter-finished")
    visitor.press("go", "5")
    assert not visitor.page.find(id="q_card"), "a card without its English is not offered"


def test_arguments_are_the_sentences_of_the_sector(client: Client, pages: dict[str, str]) -> None:
    visitor = Visitor(client, pages["fr"])
    for sector, told in (("private", "avenant"), ("state", "chacun peut y mettre fin")):
        visitor._read(client.post(pages["fr"], {**ENOUGH, "sector": sector, "step": "4", "go": "next"}))
        assert told in visitor.page.find(id="q_arguments").get_text()
        assert bool(visitor.page.find("input", value="mobility")) is (sector == "private")


def test_the_draft_is_given_alone_when_asked(client: Client, pages: dict[str, str]) -> None:
    response = client.post(pages["en"], {"post": "Comptable", "step": "2"}, headers={"x-fragment": "preview"})
    fragment = BeautifulSoup(response.content, "html.parser")
    assert not fragment.find("html") and not fragment.find("form")
    assert "comptable" in fragment.find(lang="fr").find_parent(class_="letter-sheet").get_text()
    assert response["Cache-Control"] == "no-store"
    assert not LettersMade.objects.exists()


def test_today_is_the_date_of_the_letter_until_it_is_changed(
    client: Client, pages: dict[str, str], time_machine: Any
) -> None:
    time_machine.move_to(datetime.datetime(2026, 12, 1, 10, tzinfo=datetime.UTC))
    fields = fields_of(visit(client, pages["fr"]).page.find("form", class_="letter-form"))
    assert fields["date"] == ["2026-12-01"]
    emptied = client.post(pages["fr"], {**ENOUGH, "date": "", "step": "6", "go": "next"})
    page = BeautifulSoup(emptied.content, "html.parser")
    assert page.find(id="q_date_error") and page.find(id="q_date").get("value", "") == ""
