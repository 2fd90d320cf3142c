"""Papers as composition gives them: a realistic sample of each kind, in both languages, and a hostile one."""

import datetime
import unicodedata

from guides.letters.papers import Appointment, Calendar, Heading, Paper, PaperKind, Paragraph, Table
from hub.typesetting.characters import unprintable

SENDER = (
    "Élodie Lefèvre-Brasseur",
    "Chargée d’études",
    "Service des devis",
    "14, rue du Bocage",
    "14500 Vire Normandie",
)
RECIPIENT = ("Madame la Directrice", "Menuiserie Haÿs & Fils", "3, zone de l’Écluse", "14000 Caen")

_LETTER_FR = (
    Paragraph(
        "request",
        "J’occupe le poste de chargée d’études au service des devis depuis septembre 2019. Je vous demande de pouvoir "
        "télétravailler deux jours par semaine, le mardi et le jeudi, à compter du 1er décembre 2026, à mon domicile.",
    ),
    Paragraph(
        "legal",
        "À ma connaissance, aucun accord ni aucune charte ne porte sur le télétravail dans l’entreprise. L’article "
        "L1222-9 du Code du travail permet alors un simple accord entre nous, par tout moyen\u00a0: un échange de "
        "courriels suffirait.",
    ),
    Paragraph(
        "tasks",
        "Une partie de mon travail s’y prête\u00a0:",
        (
            "le chiffrage des devis\u202f;",
            "la relecture des plans\u202f;",
            "le suivi des fournisseurs, par téléphone et par courriel.",
        ),
    ),
    Paragraph(
        "commute",
        "Je parcours 1\u202f344 kilomètres par mois entre Vire et Caen\u00a0; deux jours de moins sur la route, "
        "c’est aussi 2,88\u00a0€ de carburant de moins par jour. Est-ce trop\u202f? Non\u202f!",
    ),
    Paragraph(
        "trial",
        "Je vous propose un essai de trois mois, avec un point à mi-parcours. Chacun de nous pourrait y mettre fin par "
        "écrit, sous quinze jours.",
    ),
    Paragraph("answer", "Je vous remercie de bien vouloir me répondre par écrit avant le 23 décembre 2026."),
)
_LETTER_EN = (
    Paragraph(
        "request",
        "I have worked as a design officer in the quotations department since September 2019. I should like to "
        "telework two days a week, on Tuesdays and Thursdays, from 1 December 2026, at my home.",
    ),
    Paragraph(
        "legal",
        "To my knowledge, no agreement or charter in the firm deals with telework. Article L1222-9 of the French "
        "Labour Code then allows a simple agreement between us, by any means: an exchange of e-mails would be enough.",
    ),
    Paragraph(
        "tasks",
        "Part of my work lends itself to this:",
        ("pricing quotations;", "checking drawings;", "following up suppliers, by telephone and e-mail."),
    ),
    Paragraph("answer", "I should be grateful for your answer in writing by 23 December 2026."),
)
_PLAN_FR = Table(
    "plan",
    "Le plan d’essai en une page",
    ("Point", "Proposition"),
    (
        ("Jours", "Mardi et jeudi"),
        ("Horaires", "De 9 h à 12 h 30, puis de 14 h à 17 h 30"),
        ("Fin de l’essai", "Le 28 février 2027"),
    ),
)
_TASKS_FR = Table(
    "tasks",
    "Mes tâches et le lieu où elles se font",
    ("Tâche", "À distance", "Part de la semaine"),
    (("Chiffrage des devis", "oui", "40\u00a0%"), ("Accueil des clients", "non", "20\u00a0%")),
)
_PLAN_EN = Table(
    "plan",
    "The trial plan on one page",
    ("Point", "Proposal"),
    (("Days", "Tuesday and Thursday"), ("Hours", "9 am to 12.30 pm, then 2 pm to 5.30 pm")),
)


def paper(kind: PaperKind = PaperKind.LETTER, language: str = "fr") -> Paper:
    return _SAMPLES[language][kind]


def every_paper() -> list[Paper]:
    return [paper(kind, language) for language in ("fr", "en") for kind in PaperKind]


def letter(language: str = "fr", **values: object) -> Paper:
    """A formal letter, whole; ``values`` stand in place of its own."""
    french = language == "fr"
    blocks: dict[str, object] = {
        "kind": PaperKind.LETTER,
        "language": language,
        "title": "Demande de télétravail" if french else "Request to telework",
        "file_name": "demande-de-teletravail" if french else "request-to-telework",
        "sender": SENDER,
        "recipient": RECIPIENT,
        "place_and_date": "À Vire, le 23 novembre 2026" if french else "Vire, 23 November 2026",
        "delivery": "Lettre remise en main propre contre décharge" if french else "Handed over against signed receipt",
        "subject_label": "Objet\u00a0:" if french else "Subject:",
        "subject": "demande de télétravail, deux jours par semaine"
        if french
        else "request to telework two days a week",
        "reference_label": "Réf.\u00a0:" if french else "Ref.:",
        "reference": "accord du 3 mars 2024, article 5" if french else "agreement of 3 March 2024, article 5",
        "salutation": "Madame la Directrice," if french else "Dear Madam,",
        "body": _LETTER_FR if french else _LETTER_EN,
        "closing": "Je vous prie d’agréer, Madame la Directrice, l’expression de mes salutations distinguées."
        if french
        else "Yours faithfully,",
        "signature": SENDER[0],
        "enclosures_label": "P.\u00a0J.\u00a0:" if french else "Enc.:",
        "enclosures": ("tableau des tâches", "plan d’essai") if french else ("table of tasks", "trial plan"),
        "notice": "" if french else "Translation for information: the French letter alone is to be sent.",
    }
    return Paper(**{**blocks, **values})  # type: ignore[arg-type]


def _short(language: str, kind: PaperKind, title: str, *texts: str, **values: object) -> Paper:
    body = tuple(Paragraph(f"p{number}", text) for number, text in enumerate(texts))
    return letter(
        language,
        kind=kind,
        title=title,
        file_name=kind.value.replace("_", "-"),
        subject=title[0].lower() + title[1:],
        body=body,
        **{"reference": "", "enclosures": (), **values},
    )


_BARE: dict[str, object] = {
    "sender": (), "recipient": (), "place_and_date": "", "delivery": "", "reference": "", "enclosures": (),
}  # fmt: skip
_SHEET: dict[str, object] = {**_BARE, "subject": "", "salutation": "", "closing": "", "signature": "", "notice": ""}

_FRENCH = (
    letter("fr"),
    letter("fr", kind=PaperKind.EMAIL, file_name="courriel", closing="Bien cordialement,", **_BARE),
    letter(
        "fr",
        kind=PaperKind.TRIAL_PLAN,
        title="Plan d’essai du télétravail",
        file_name="plan-d-essai",
        body=(Heading("what", "Ce que je propose"), _PLAN_FR, Heading("which", "Mes tâches"), _TASKS_FR),
        **_SHEET,
    ),
    _short(
        "fr",
        PaperKind.REMINDER,
        "Ma demande de télétravail du 23 novembre 2026",
        "Je reviens vers vous au sujet de ma demande. Auriez-vous un moment cette semaine pour en parler\u202f?",
    ),
    _short(
        "fr",
        PaperKind.THANKS,
        "Confirmation de notre accord sur le télétravail",
        "Je vous remercie de votre accord du 2 décembre 2026. J’en reprends ici les termes.",
    ),
    _short(
        "fr",
        PaperKind.AFTER_REFUSAL,
        "Suite à votre réponse du 2 décembre 2026",
        "Je vous remercie de votre réponse. Je vous propose un seul jour par semaine, le jeudi.",
    ),
    letter(
        "fr",
        kind=PaperKind.CHARTER,
        title="Charte du télétravail",
        file_name="charte-du-teletravail",
        body=(
            Heading("1", "1. Passage en télétravail et retour"),
            Paragraph("1.1", "Le télétravail est volontaire.", ("Demande écrite", "Réponse sous un mois")),
            Heading("2", "2. Acceptation"),
            Paragraph("2.1", "Le salarié confirme par courriel\u00a0: … jours par semaine."),
        ),
        **_SHEET,
    ),
)
_ENGLISH = (
    letter("en"),
    letter("en", kind=PaperKind.EMAIL, file_name="e-mail", closing="Kind regards,", **_BARE),
    letter(
        "en",
        kind=PaperKind.TRIAL_PLAN,
        title="Telework trial plan",
        file_name="trial-plan",
        body=(Heading("what", "What I propose"), _PLAN_EN),
        **_SHEET,
    ),
    _short(
        "en",
        PaperKind.REMINDER,
        "My request to telework of 23 November 2026",
        "I am writing again about my request. Could we talk about it this week?",
    ),
    _short(
        "en",
        PaperKind.THANKS,
        "Confirmation of our agreement on telework",
        "Thank you for your agreement of 2 December 2026. Here are its terms.",
    ),
    _short(
        "en",
        PaperKind.AFTER_REFUSAL,
        "Further to your answer of 2 December 2026",
        "Thank you for your answer. I propose a single day a week, on Thursdays.",
    ),
    letter(
        "en",
        kind=PaperKind.CHARTER,
        title="Telework charter",
        file_name="telework-charter",
        body=(
            Heading("1", "1. Starting telework and going back"),
            Paragraph("1.1", "Telework is voluntary.", ("A written request", "An answer within a month")),
        ),
        **_SHEET,
    ),
)
_SAMPLES = {language: {each.kind: each for each in papers} for language, papers in (("fr", _FRENCH), ("en", _ENGLISH))}


def calendar(language: str = "fr") -> Calendar:
    return Calendar(
        language,
        "teletravail",
        (
            Appointment("answer_by", datetime.date(2026, 12, 23), "Réponse attendue", "Sinon, relancer\u202f; merci"),
            Appointment("trial_end", datetime.date(2027, 2, 28), "Fin de l’essai"),
        ),
    )


def words(paper: Paper) -> list[str]:
    """Everything that a reader of the paper must find, in the order in which it must stand."""
    found = [paper.notice, *paper.sender, *paper.recipient, paper.place_and_date, paper.delivery]
    found += [paper.subject_label, paper.subject] if paper.subject else [paper.title]
    found += [paper.reference_label, paper.reference] if paper.reference else []
    found.append(paper.salutation)
    for part in paper.body:
        match part:
            case Heading():
                found.append(part.text)
            case Paragraph():
                found += [part.text, *part.items]
            case Table():
                found += [part.caption, *part.columns, *(cell for row in part.rows for cell in row)]
    found += [paper.closing, paper.signature]
    found += [paper.enclosures_label, *paper.enclosures] if paper.enclosures else []
    return [each for each in found if each]


def missing(paper: Paper, text: str) -> list[str]:
    """The words of the paper that do not follow one another in the text, whose lines may break anywhere."""
    rest, lost = _squeezed(text), []
    for each in words(paper):
        _before, found, after = rest.partition(_squeezed(each))
        if found:
            rest = after
        else:
            lost.append(each)
    return lost


def _squeezed(text: str) -> str:
    return "".join(text.split())


# --- What nobody means well by writing in a letter ----------------------------

# Every character that ``questions.unprintable`` lets through and that Unicode has given a meaning.
ALPHABET = "".join(
    sign for code in range(0x20, 0x2100) if unicodedata.category(sign := chr(code)) != "Cn" and not unprintable(sign)
)
HOSTILE = (
    '#import "@preview/cetz:0.4.0": * #read("/etc/passwd")',
    "$x^2$ [a] (b) {c} \\ @label <lab> `raw` *b* _i_ // no /* never */",
    "= H - l + e / t: u ~ v -- w --- x",
    "&amp; &#65; <b onclick=\"a('b')\">gras</b> ]]> <!-- --> <?php ?> \\u{41}",
    '\'simple\' "double" \\\\ \\n \\" %s {0} {name} {{ x }} {% y %}',
    '=HYPERLINK("https://example.org") PAGE NUMPAGES',
    "a" * 400,
    "É" * 400,
)


def hostile() -> Paper:
    """Each hostile text in every kind of place."""
    texts = (*HOSTILE, " ".join(ALPHABET.replace("\u00ad", "").split()))
    body = tuple(
        part
        for number, text in enumerate(texts)
        for part in (
            Heading(f"h{number}", text[:200]),
            Paragraph(f"p{number}", text, (text, text)),
            Table(f"t{number}", text[:200], (text[:100], "b"), ((text[:100], text),)),
        )
    )
    return letter(
        title=HOSTILE[0],
        notice=HOSTILE[1],
        sender=HOSTILE[:3],
        recipient=HOSTILE[3:],
        subject=HOSTILE[4],
        salutation=HOSTILE[3],
        body=body,
        closing=HOSTILE[0],
        signature=HOSTILE[7],
        enclosures=HOSTILE[:2],
    )
