"""The body of the request, letter or e-mail: who asks for what, on which rule, why it works, and what comes next."""

from guides.letters import phrases
from guides.letters.papers import Paragraph, Part
from guides.letters.questions import (
    Answers,
    Commute,
    Cost,
    Enclosure,
    Kit,
    Place,
    add_months,
    over_public_limit,
)
from guides.letters.writer import Writer
from guides.situation import Eligible, Line


def request_parts(writer: Writer) -> list[Part]:
    return [
        _request(writer),
        _rule(writer),
        _tasks(writer),
        _arguments(writer),
        *_sentences(writer),
        _commute(writer),
        _organisation(writer),
        _trial(writer),
        _answer(writer),
    ]


def _request(writer: Writer) -> Part:
    answers = writer.answers
    names = ["opening.since" if answers.since else "opening.now", f"request.{answers.rhythm}{writer.fixed}"]
    names.append(f"place.{answers.place}")
    return writer.paragraph(*names)


def _rule(writer: Writer) -> Part:
    """What the request rests on. Says nothing of reasons: ``_reasons`` does, where they are owed."""
    answers = writer.answers
    names = [_rule_clause(answers)]
    if answers.place is not Place.HOME:
        names.append("place.law.cited" if names[0].startswith("legal.b") else "place.law")
    if answers.sector.public:
        if Enclosure.CONFORMITY in answers.enclosures:
            names.append("legal.d.certificate")
        if answers.derogation and over_public_limit(answers):
            names.append("legal.d.derogation")
    if answers.doctor:
        names.append("legal.e")
        if Enclosure.DOCTOR in answers.enclosures:
            names.append("legal.e.enclosed")
    if answers.pregnant:
        names.append("legal.pregnant" if answers.situation.has_text else "legal.pregnant.plain")
    return writer.paragraph(*names)


def _rule_clause(answers: Answers) -> str:
    line = answers.situation.lines[-1]
    if line is Line.TEXT_NOT_LISTED:
        return "legal.b.not_listed" if answers.eligible is Eligible.NO else "legal.b.unclear"
    return {
        Line.TEXT_ELIGIBLE: "legal.a",
        Line.NO_TEXT: "legal.c",
        Line.TEXT_UNKNOWN: "legal.unknown",
        Line.PUBLIC: "legal.d",
    }[line]


def _tasks(writer: Writer) -> Part:
    tasks = tuple(filter(None, map(phrases.in_sentence, writer.answers.tasks)))
    if not tasks:
        return Paragraph("tasks", "")
    if len(tasks) == 1:
        return Paragraph("tasks", writer.text("tasks.one", task=tasks[0]))
    ends = [*[" ;"] * (len(tasks) - 1), "."] if writer.language == "fr" else [*[";"] * (len(tasks) - 1), "."]
    return Paragraph("tasks", writer.text("tasks.many"), tuple(map(str.__add__, tasks, ends)))


def _arguments(writer: Writer) -> Part:
    answers = writer.answers
    said = [writer.text(f"argument.{argument}") for argument in answers.arguments]
    said += [phrases.sentence(words) for words in answers.own_words]
    if answers.arguments:
        said.insert(0, writer.text("arguments.intro"))
    return Paragraph("arguments", " ".join(said))


def _sentences(writer: Writer) -> list[Part]:
    """What the ticked objection cards give, in the language of the paper: ``sentences`` hold French, then English."""
    said = [french if writer.language == "fr" else english for french, english in writer.answers.sentences]
    return [Paragraph("sentences", " ".join(said))] if said else []


def _commute(writer: Writer) -> Part:
    commute = writer.answers.commute
    if commute is None:
        return Paragraph("commute", "")
    said = [_commute_now(writer, commute), _commute_saved(writer, commute)]
    return Paragraph("commute", " ".join(filter(None, said)))


def _commute_now(writer: Writer, commute: Commute) -> str:
    values = {}
    if commute.km:
        values["km"] = phrases.number(commute.km, writer.language)
    if commute.minutes:
        values["minutes"] = phrases.quantity(commute.minutes, "minute", "minutes", writer.language)
    name = "both" if len(values) == 2 else next(iter(values), "")
    return writer.text(f"commute.{name}", **values) if name else ""


def _commute_saved(writer: Writer, commute: Commute) -> str:
    """Only what is saved: a shared workplace farther than the office is no argument."""
    language = writer.language
    values = {}
    if commute.km_a_year and commute.km_a_year > 0:
        values["km_a_year"] = phrases.number(commute.km_a_year, language)
    if commute.hours_a_year and commute.hours_a_year > 0:
        hour, hours = ("heure", "heures") if language == "fr" else ("hour", "hours")
        values["hours_a_year"] = phrases.quantity(commute.hours_a_year, hour, hours, language)
    name = "both" if len(values) == 2 else next(iter(values), "").removesuffix("_a_year")
    return writer.text(f"commute.year.{name}", **values) if name else ""


def _organisation(writer: Writer) -> Part:
    answers = writer.answers
    said = []
    if writer.hours:
        name = "hours.two" if len(writer.hours) == 2 else "hours.one"
        said.append(writer.text(name, first=writer.hours[0], second=writer.hours[-1]))
    if answers.kit is not Kit.UNSAID:
        said.append(writer.text(f"kit.{answers.kit}"))
    said.append(writer.text("security"))
    if answers.cost is not Cost.NONE:
        said.append(writer.text(f"cost.{answers.cost}"))
    return Paragraph("organisation", " ".join(filter(None, said)))


def _trial(writer: Writer) -> Part:
    return writer.paragraph("trial.review" if writer.answers.review else "trial.plain", "trial.back")


def _answer(writer: Writer) -> Part:
    answers = writer.answers
    names = ["meeting"]
    if answers.answer_by:
        other_date = answers.sector.public and answers.answer_by != add_months(answers.date, 1)
        names.append("answer.public" if other_date else "answer.by")
    return writer.paragraph(*names, *_reasons(answers))


def _reasons(answers: Answers) -> list[str]:
    """Where reasons are owed, the rule that makes them so; elsewhere a request that claims nothing."""
    lines = answers.situation.lines
    if not answers.situation.reasons_owed:
        return ["reasons.asked"]
    special = [line for line in lines if line in (Line.DOCTOR, Line.DISABLED_OR_CARER)]
    return [f"reasons.{line}" for line in special or lines[:1]]
