"""The papers that go with the request: trial plan, reminder, thanks and confirmation, reply after a refusal."""

from guides.letters import phrases
from guides.letters.papers import Paragraph, Part, Table
from guides.letters.questions import Place
from guides.letters.writer import Writer

_INDICATORS = ("dates", "response", "team", "fatigue", "saved", "done")


def trial_plan(writer: Writer) -> list[Part]:
    """One page to look at together: the frame, what will be measured, the way back."""
    answers = writer.answers
    tasks = " ; ".join(map(phrases.in_sentence, answers.tasks))
    if writer.language == "en":
        tasks = "; ".join(map(phrases.in_sentence, answers.tasks))
    rows = [
        ("plan.who", ", ".join(filter(None, (writer.name, phrases.in_sentence(answers.post))))),
        ("plan.period", writer.text("plan.span")),
        ("plan.days", writer.all_days),
        ("plan.place", writer.where),
        ("plan.hours", phrases.enumeration(writer.hours, writer.language)),
        ("plan.tasks", tasks),
        ("plan.review", phrases.day(answers.review, writer.language) if answers.review else ""),
        ("plan.end", phrases.day(writer.trial_end, writer.language) if writer.trial_end else ""),
    ]
    frame = tuple((writer.text(name), phrases.capital(value)) for name, value in rows if value)
    blank = writer.text("plan.write_here")
    indicators = tuple((writer.text(f"indicator.{name}"), blank, blank) for name in _INDICATORS)
    return [
        writer.paragraph("plan.intro"),
        Table("plan.frame", writer.text("plan.frame"), _columns(writer, "point", "proposal"), frame),
        Table(
            "plan.indicators",
            writer.text("plan.indicators"),
            _columns(writer, "indicator", "midway", "at_end"),
            indicators,
        ),
        writer.paragraph("plan.back"),
    ]


def _columns(writer: Writer, *names: str) -> tuple[str, ...]:
    return tuple(writer.text(f"plan.{name}") for name in names)


def reminder(writer: Writer) -> list[Part]:
    return [
        writer.paragraph("reminder.opening"),
        writer.paragraph("reminder.deadline", "reminder.offer"),
        writer.paragraph(_talk(writer)),
    ]


def thanks(writer: Writer) -> list[Part]:
    answers = writer.answers
    opening = "thanks.opening.dated" if answers.agreed_on else "thanks.opening"
    points = [
        writer.text("thanks.days", all_days=writer.all_days),
        writer.text("thanks.start"),
        writer.text("thanks.trial"),
        writer.text("thanks.place", where=writer.where),
    ]
    if writer.hours:
        points.append(writer.text("thanks.hours", hours=phrases.enumeration(writer.hours, writer.language)))
    own = ["thanks.insurance"] if answers.place is not Place.LTP else []
    return [
        Paragraph(opening, writer.text(opening), _listed(points, writer.language)),
        writer.paragraph("thanks.open"),
        writer.paragraph("thanks.confirm", *own),
    ]


def _listed(points: list[str], language: str) -> tuple[str, ...]:
    kept = [point for point in points if point]
    stop = " ;" if language == "fr" else ";"
    return tuple(point + (stop if point is not kept[-1] else ".") for point in kept)


def after_refusal(writer: Writer) -> list[Part]:
    answers = writer.answers
    opening = "refusal.opening.dated" if answers.refused_on else "refusal.opening"
    return [
        writer.paragraph(opening),
        writer.paragraph(_reasons(writer)),
        writer.paragraph("fallback.intro", f"fallback.{answers.fallback}", _talk(writer)),
    ]


def _reasons(writer: Writer) -> str:
    """Asks for reasons by the rule that makes them owed, or without claiming any."""
    if writer.answers.reasons_given:
        return "refusal.reasons_given"
    situation = writer.answers.situation
    if not situation.reasons_owed:
        return "refusal.reasons.asked"
    return f"refusal.reasons.{situation.lines[0]}"


def _talk(writer: Writer) -> str:
    return "talk.on" if writer.answers.talk_again else "talk.open"
