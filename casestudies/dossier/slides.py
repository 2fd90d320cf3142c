"""The slides, as a presentation that anyone can change: real titles, a native chart, native tables, speaker notes."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Emu, Inches, Pt

from casestudies.dossier.canvas import LEFT, RIGHT, TITLE_ONLY, TITLE_SLIDE, WIDTH, Run, fill, place_titles, write_lines
from casestudies.dossier.shortening import short
from casestudies.dossier.values import Chart, Deck, Figure, Row, Sheet, Source, Stage
from hub.typesetting.pdf import LOCALES
from hub.typesetting.presentation import clean, describe, set_language, without_hour_of_workbook
from hub.typesetting.word import without_traces

MOST = 12
_COLORS = {
    **{"dk1": "1B2430", "lt1": "FBFAF6", "dk2": "55606E", "lt2": "F3F1EA"},
    **{"accent1": "3B3F9E", "accent2": "99361C", "accent3": "86480A", "accent4": "0A6466"},
    **{"accent5": "7A2D6E", "accent6": "2C6630", "hlink": "3B3F9E", "folHlink": "3B3F9E"},
}
_BODY = Inches(1.75)
_LINE = Inches(6.95)
# Rows of the comparison that matter to a council and can be read from the back of a room.
_ROWS = ("kind", "territory", "legal_form", "rhythm", "places", "people_teleworking", "costs", "difficulties")
_STAGES = 5

Draw = Callable[[Any], None]


def write(deck: Deck) -> bytes:
    return without_traces(_Show(deck).presentation())


class _Show:
    def __init__(self, deck: Deck) -> None:
        self._deck, self._words = deck, deck.imprint.words
        self._colon = self._words["colon"]
        self._file = Presentation()
        locale = LOCALES[deck.imprint.language]
        clean(self._file, locale, _COLORS, heading="Georgia", body="Arial")
        self._file.core_properties.title = deck.imprint.title
        place_titles(self._file)
        drawn = self._drawn()
        for number, draw in enumerate(drawn, start=1):
            slide = self._file.slides.add_slide(self._file.slide_layouts[TITLE_ONLY if number > 1 else TITLE_SLIDE])
            draw(slide)
            self._foot(slide, number, len(drawn))
        set_language(self._file, locale)

    def presentation(self) -> Any:
        return self._file

    def _drawn(self) -> list[Draw]:
        deck = self._deck
        slides: list[Draw] = [self._title]
        if deck.chart or deck.findings:
            slides.append(self._stakes)
        for sheet in deck.sheets:
            slides.append(partial(self._case, sheet=sheet))
            if len(deck.sheets) <= 2 and sheet.advice:
                slides.append(partial(self._advice, sheet=sheet))
        if deck.comparison:
            slides.append(self._comparison)
        rest = sum(map(bool, (deck.unknowns, deck.steps, deck.sources)))
        for part in self._stage_parts(room=MOST - len(slides) - rest):
            slides.append(partial(self._stages, stages=part))
        if deck.unknowns:
            slides.append(self._unknown)
        if deck.steps:
            slides.append(self._next)
        if deck.sources:
            slides.append(self._sources)
        return slides

    def _stage_parts(self, room: int) -> list[Sequence[Stage]]:
        stages = self._deck.stages
        if not stages:
            return []
        if len(stages) <= _STAGES or room < 2:
            return [stages]
        half = (len(stages) + 1) // 2
        return [stages[:half], stages[half:]]

    # --- Slides ---

    def _title(self, slide: Any) -> None:
        deck = self._deck
        fill(slide.shapes.title, deck.imprint.title)
        fill(slide.placeholders[1], deck.subtitle)
        write_lines(slide, LEFT, Inches(0.7), Inches(8), Inches(0.6), [[Run(deck.imprint.hub, 24, bold=True)]])
        write_lines(
            slide,
            LEFT,
            Inches(5.6),
            Inches(9),
            Inches(0.9),
            [
                [Run(f"{deck.kicker} · {deck.imprint.date}", 16, quiet=True)],
                [Run(f"{deck.imprint.address} · {deck.imprint.licence}", 12, quiet=True)],
            ],
        )
        self._notes(slide, [], [each.title for each in deck.sheets])

    def _stakes(self, slide: Any) -> None:
        deck = self._deck
        fill(slide.shapes.title, self._words["stakes"])
        beside = deck.findings[:3]
        if deck.chart:
            self._chart(slide, deck.chart, Inches(6.9) if beside else WIDTH)
        left = LEFT + Inches(7.4) if deck.chart else LEFT
        self._figures(slide, beside, left, RIGHT - left, stacked=bool(deck.chart))
        told = [*(deck.chart.bars if deck.chart else ()), *deck.findings]
        self._notes(slide, [each.source for each in told], [each.told for each in told])

    def _chart(self, slide: Any, chart: Chart, width: Any) -> None:
        common, names = _common(chart.bars)
        heading = f"{common or self._words['found']} ({chart.unit}, {chart.year})"
        write_lines(slide, LEFT, _BODY, width, Inches(0.6), [[Run(heading, 16, bold=True)]])
        data = CategoryChartData()
        data.categories = list(reversed(names))
        data.add_series(heading, [each.value for each in reversed(chart.bars)])
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, LEFT, _BODY + Inches(0.6), width, Inches(4.2), data)
        describe(frame, chart.alternative)
        drawn = frame.chart
        without_hour_of_workbook(drawn)
        drawn.has_legend, drawn.has_title = False, False
        drawn.font.size = Pt(14)
        drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
        drawn.value_axis.minimum_scale = 0
        drawn.category_axis.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_2
        drawn.category_axis.has_major_gridlines = False
        plot = drawn.plots[0]
        plot.gap_width, plot.has_data_labels = 45, True
        labels = plot.data_labels
        labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
        labels.number_format, labels.number_format_is_linked = "General", False
        labels.font.size, labels.font.bold = Pt(18), True
        bar = plot.series[0].format.fill
        bar.solid()
        bar.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1

    def _case(self, slide: Any, sheet: Sheet) -> None:
        words = self._words
        fill(slide.shapes.title, short(sheet.title, 110))
        write_lines(slide, LEFT, _BODY - Inches(0.25), WIDTH, Inches(0.4), [[Run(sheet.kicker, 13, quiet=True)]])
        if sheet.figures:
            self._figures(slide, sheet.figures[:3], LEFT, Inches(5.4), stacked=True, top=_BODY + Inches(0.3))
        else:
            write_lines(slide, LEFT, _BODY + Inches(0.4), Inches(5.4), Inches(1), [[Run(words["no_figure"], 18)]])
        lines = [[Run(words["costs"], 14, accent=True, bold=True)]]
        lines += [[Run(short(each.told, 170), 16)] for each in sheet.costs[:2]]
        if not sheet.costs:
            funding = " ".join(part.words for part in sheet.funding if part.words)
            lines.append([Run(short(funding, 220) if funding else words["no_cost"], 16)])
        lines.append([Run(words["difficulty"], 14, warn=True, bold=True)])
        if sheet.difficulties:
            first = sheet.difficulties[0]
            lines.append([Run(short(first.problem, 200), 16)])
            met = f"{words['met']}{self._colon} {short(first.answer, 200)}" if first.answer else words["not_met"]
            lines.append([Run(met, 14, quiet=True)])
        else:
            lines.append([Run(words["no_difficulty"], 16)])
        write_lines(slide, LEFT + Inches(6.2), _BODY + Inches(0.3), Inches(5.6), Inches(4.7), lines, after=6)
        more = [
            sheet.summary,
            *(f"{fact.label}{self._colon} {', '.join(fact.lines)}" for fact in sheet.facts),
            *(f"{words['difficulty']}{self._colon} {each.problem} {each.answer}" for each in sheet.difficulties),
            *sheet.discrepancies,
            f"{words['whole']}{self._colon} {sheet.address}",
        ]
        self._notes(slide, sheet.sources, more)

    def _advice(self, slide: Any, sheet: Sheet) -> None:
        fill(slide.shapes.title, f"{self._words['advice']}")
        lines = [[Run(sheet.title, 14, quiet=True)]]
        lines += [[Run(f"–  {each}", 20)] for each in sheet.advice]
        write_lines(slide, LEFT, _BODY, WIDTH, Inches(4.9), lines, after=12)
        self._notes(slide, sheet.sources, [sheet.summary])

    def _comparison(self, slide: Any) -> None:
        table = self._deck.comparison
        if table is None:
            return
        fill(slide.shapes.title, self._words["comparison"])
        kept = _telling([row for group in table.groups for row in group.rows])
        rows = [
            (
                f"{row.label} ≠" if row.differs else row.label,
                *(short(cell[0], 90) if cell else self._words["not_known"] for cell in row.cells),
            )
            for row in kept
        ]
        heads = (self._words["criterion"], *(short(title, 170 // len(table.titles)) for title in table.titles))
        share = 0.19
        shares = (share, *[(1 - share) / len(table.titles)] * len(table.titles))
        self._table(slide, heads, rows, shares, 13 if len(table.titles) < 4 else 12)
        self._notes(slide, [], [f"≠{self._colon} {self._words['differs']}"] if table.differs else [])

    def _stages(self, slide: Any, stages: Sequence[Stage]) -> None:
        words = self._words
        fill(slide.shapes.title, words["by_stage"])
        room = 150 if len(stages) <= _STAGES else 90
        rows = [
            (
                f"{each.title} ({each.strand})",
                short(". ".join(each.measures) + ".", room * 2),
                f"{each.cost or short(each.note, 80) or words['not_stated']} ({each.year})",
            )
            for each in stages
        ]
        size = 14 if len(stages) <= _STAGES else 11
        self._table(slide, (words["stage"], words["measures"], words["cost"]), rows, (0.3, 0.46, 0.24), size)
        notes = [
            f"{each.title}{self._colon} {each.note}. {words['lead']}{self._colon} {each.lead or words['not_stated']}."
            for each in stages
        ]
        self._notes(slide, [each.source for each in stages], notes)

    def _unknown(self, slide: Any) -> None:
        fill(slide.shapes.title, self._words["unknown"])
        few = len(self._deck.unknowns) <= 3
        size, head, room = (18, 100, 150) if few else (14, 85, 90)
        groups = [
            [
                [Run(short(title, head), size - 2, accent=True, bold=True)],
                *([Run(f"–  {short(each, room)}", size)] for each in told),
            ]
            for title, told in self._deck.unknowns
        ]
        self._columns(slide, groups, len(groups) if few else 3, after=6 if few else 4)
        self._notes(slide, [], [f"{title}{self._colon} {' '.join(told)}" for title, told in self._deck.unknowns])

    def _next(self, slide: Any) -> None:
        fill(slide.shapes.title, self._deck.steps_title)
        steps = self._deck.steps
        size = 20 if len(steps) <= 5 else 17
        lines = [
            [Run(f"{number}.  ", size, accent=True, bold=True), Run(each, size)]
            for number, each in enumerate(steps, start=1)
        ]
        write_lines(slide, LEFT, _BODY, WIDTH, Inches(4.9), lines, after=8)
        self._notes(slide, [], list(steps))

    def _sources(self, slide: Any) -> None:
        fill(slide.shapes.title, self._words["sources"])
        sources = self._deck.sources
        size = 13 if len(sources) <= 12 else 11 if len(sources) <= 20 else 9
        half = (len(sources) + 1) // 2 if len(sources) > 6 else len(sources)
        self._columns(slide, [[[Run(self._cited(each, 80), size)]] for each in sources], half, after=4)
        self._notes(slide, [each.number for each in sources], [])

    # --- Parts ---

    def _columns(self, slide: Any, groups: Sequence[Sequence[Sequence[Run]]], each: int, after: float) -> None:
        """So many groups of lines one below another, and the next ones beside them."""
        columns = [groups[start : start + each] for start in range(0, len(groups), each)]
        width = (WIDTH - Inches(0.5) * (len(columns) - 1)) // max(len(columns), 1)
        for place, part in enumerate(columns):
            left = LEFT + place * (width + Inches(0.5))
            lines = [line for group in part for line in group]
            write_lines(slide, left, _BODY, width, Inches(4.9), lines, after=after)

    def _figures(
        self, slide: Any, figures: Sequence[Figure], left: Any, width: Any, *, stacked: bool, top: Any = _BODY
    ) -> None:
        """Large, under one another or side by side."""
        count = max(len(figures), 1)
        height = min(Inches(4.8) // count, Inches(1.6)) if stacked else Inches(4)
        wide = width if stacked else (width - Inches(0.4) * (count - 1)) // count
        for place, each in enumerate(figures):
            x = left if stacked else left + place * (wide + Inches(0.4))
            y = top + place * height if stacked else top
            unit = f"{each.gap}{each.unit}" if each.unit else ""
            mark = f" [{each.source}]" if each.source else ""
            lines = [
                [Run(each.amount, 36, accent=True, bold=True), Run(unit, 18, accent=True)],
                [Run(short(each.label, 120), 14), Run(f" ({each.year}){mark}", 14, quiet=True)],
            ]
            write_lines(slide, x, y, wide, height, lines, after=0)

    def _table(
        self, slide: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], size: float
    ) -> None:
        frame = slide.shapes.add_table(len(rows) + 1, len(heads), LEFT, _BODY, WIDTH, Inches(0.4) * (len(rows) + 1))
        describe(frame, f"{slide.shapes.title.text}{self._colon} {', '.join(heads)}")
        table = frame.table
        table.first_row, table.first_col, table.horz_banding = True, True, False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(WIDTH * share)
        for number, cells in enumerate((heads, *rows)):
            for place, text in enumerate(cells):
                cell = table.cell(number, place)
                cell.margin_top = cell.margin_bottom = Inches(0.04)
                cell.fill.solid()
                cell.fill.fore_color.theme_color = (
                    MSO_THEME_COLOR.ACCENT_1 if number == 0 else MSO_THEME_COLOR.BACKGROUND_2
                )
                run = cell.text_frame.paragraphs[0].add_run()
                run.text = text
                run.font.size, run.font.bold = Pt(size), number == 0 or place == 0
                run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1 if number == 0 else MSO_THEME_COLOR.TEXT_1

    def _foot(self, slide: Any, number: int, count: int) -> None:
        """The line between home and work, and how far along it we are."""
        far = LEFT + (WIDTH - Inches(1)) * (number - 1) // max(count - 1, 1)
        end = RIGHT - Inches(1)
        for start, stop, color, thick in (
            (LEFT, end, MSO_THEME_COLOR.TEXT_2, 0.75),
            (LEFT, far, MSO_THEME_COLOR.ACCENT_1, 2.25),
        ):
            line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Emu(start), _LINE, Emu(stop), _LINE)
            line.line.color.theme_color, line.line.width = color, Pt(thick)
            describe(line, "")
        for place, radius, filled in ((LEFT, 0.05, True), (end, 0.05, number == count), (far, 0.09, True)):
            half = Inches(radius)
            dot = slide.shapes.add_shape(MSO_SHAPE.OVAL, Emu(place - half), _LINE - half, half * 2, half * 2)
            dot.fill.solid()
            dot.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1 if filled else MSO_THEME_COLOR.BACKGROUND_1
            dot.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1 if filled else MSO_THEME_COLOR.TEXT_2
            dot.shadow.inherit = False
            describe(dot, "")
        told = f"{number} / {count}"
        write_lines(
            slide, end + Inches(0.2), _LINE - Inches(0.2), Inches(0.9), Inches(0.4), [[Run(told, 12, quiet=True)]]
        )

    def _notes(self, slide: Any, cited: Iterable[int], lines: Sequence[str]) -> None:
        told = [line for line in lines if line.strip()]
        wanted = set(cited)
        sources = [each for each in self._deck.sources if each.number in wanted]
        if sources:
            told.append(f"{self._words['sources']}{self._colon}")
            told += [f"{self._cited(each)} {each.address}".rstrip() for each in sources]
        slide.notes_slide.notes_text_frame.text = "\n".join(told)

    def _cited(self, source: Source, most: int = 300) -> str:
        """Title and publisher give way where room is scarce, never the date nor what kind of source it is."""
        told = ", ".join(
            part for part in (short(source.title, most), short(source.publisher, most), source.date) if part
        )
        return f"[{source.number}] {told}" + (f" ({self._words['second_hand']})" if source.second_hand else "")


# --- Words ---


def _common(bars: Sequence[Figure]) -> tuple[str, list[str]]:
    """What all labels begin with, up to a colon, and what each adds: "Jobs that could be teleworked", "Orne"."""
    heads = {each.label.partition(":")[0].strip(" \u00a0") for each in bars}
    rests = [each.label.partition(":")[2].strip(" \u00a0") for each in bars]
    if len(heads) == 1 and all(rests):
        return heads.pop(), rests
    return "", [each.label for each in bars]


def _telling(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.name.partition("-")[0] in _ROWS][: len(_ROWS)]
