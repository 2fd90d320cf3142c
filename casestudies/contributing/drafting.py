"""From answers to a draft page and its organisation. Nothing here is public: a moderator reads it first.

An account sent in English makes an English page below the English index. Moderators publish it there, and translate
it with the translation tool as they would any page; it is never put into French by a machine.
"""

import json
import uuid
from decimal import Decimal
from typing import Any

import nh3
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from casestudies.contributing.form import COSTS, DIFFICULTIES, FIGURES, TIPS, ContributionForm
from casestudies.models import CaseStudyPage, Contribution, Organisation
from hub.geography.communes import Commune
from hub.pages.models import SUMMARY_LENGTH
from hub.typography import french_spaces
from hub.vocabulary.models import PageTerritory, Sector, Source, Territory

SOURCE = "TEMOIGNAGES"
_TITLE = 160
_SLUG = 60


class Draft:
    """``form`` is valid. ``page`` is the draft to write on, or a new one."""

    def __init__(self, row: Contribution, form: ContributionForm, page: CaseStudyPage | None = None) -> None:
        self.row, self.form, self.answers = row, form, form.cleaned_data
        self.language = row.language
        self.page = page or CaseStudyPage(
            locale=Locale.objects.get(language_code=self.language), live=False, translation_key=uuid.uuid4()
        )
        self._named_before = self.page.organisation.name if self.page.organisation_id else ""

    def write(self) -> CaseStudyPage:
        """The page in memory, its organisation saved."""
        source()
        with override(self.language):
            self.page.organisation = self._organisation()
            self._head()
            self._facts()
            self._stories()
            self._streams()
        return self.page

    # --- Words ---

    def _line(self, name: str) -> str:
        return self._set(self.answers.get(name) or "")

    def _set(self, text: str) -> str:
        return french_spaces(text) if self.language == "fr" else text

    def _rich(self, name: str) -> str:
        """Plain words as paragraphs. Markup that was typed is words like any other; nothing else can come out."""
        blocks = [block for block in self._line(name).split("\n\n") if block.strip()]
        html = "".join(f"<p>{'<br/>'.join(escape(line) for line in block.splitlines())}</p>" for block in blocks)
        return nh3.clean(html, tags={"p", "br"}, attributes={})

    # --- Parts of the page ---

    @property
    def _commune(self) -> Commune | None:
        return self.answers.get("commune")

    @property
    def _name(self) -> str:
        """The organisation as the page may call it."""
        if self.row.may_be_named:
            return self._set(self.row.organisation_name)
        kind = str(Organisation.Kind(self.answers["kind"]).label)
        place = f" ({self._commune.departement.title()})" if self._commune else ""
        return f"{kind[:1].upper()}{kind[1:]}{place}"

    def _organisation(self) -> Organisation:
        """One of this contribution that nobody sees yet, or a new one. What moderators put in its place is theirs."""
        if not self.page.organisation_id:
            return self._described(self._new_organisation())
        one = self.page.organisation
        if not one.slug.startswith(self.row.mark):
            return one
        public = CaseStudyPage.objects.filter(organisation=one, live=True).exists()
        return self._described(self._new_organisation() if public else one)

    def _new_organisation(self) -> Organisation:
        slug = f"{self.row.mark}-{uuid.uuid4().hex[:6]}"
        return Organisation(locale=self.page.locale, translation_key=uuid.uuid4(), slug=slug)

    def _described(self, one: Organisation) -> Organisation:
        one.name = self._name
        one.kind = self.answers["kind"]
        one.size_band = self.answers.get("size") or Organisation.SizeBand.UNKNOWN
        one.setting = Organisation.Setting.MIXED
        one.commune = one.commune_code = one.epci = one.epci_code = ""
        one.population = one.population_year = one.latitude = one.longitude = None
        if self._commune:
            one.setting = Organisation.Setting.RURAL if self._commune.is_rural else Organisation.Setting.URBAN
            one.commune_code = self._commune.code if self.row.may_be_named else ""
        one.full_clean()
        one.save()
        return one

    def _head(self) -> None:
        page = self.page
        title = self._line("headline") or _("A first-hand account")
        words = _("%(organisation)s: %(headline)s") % {"organisation": self._name, "headline": title}
        page.title = page.draft_title = _shortened(words, _TITLE)
        if not page.slug or self._address_names_it():
            page.slug = _free_slug(page.title, self.row)
        page.search_description = _shortened(self._line("how"), SUMMARY_LENGTH)
        page.status = CaseStudyPage.Status.TESTIMONY
        page.checked_on = timezone.localdate()
        page.sector = Sector.objects.filter(slug=self.answers.get("sector") or "").first()
        territory = Territory.objects.filter(slug=self._commune.departement).first() if self._commune else None
        page.page_territories = [PageTerritory(territory=territory)] if territory else []

    def _address_names_it(self) -> bool:
        """Whether the address says the name of an organisation that is not to be named any more."""
        said = slugify(self._named_before)[:_SLUG].strip("-")
        return not self.row.may_be_named and self._named_before != self._name and self.page.slug.startswith(said)

    def _facts(self) -> None:
        page, answers = self.page, self.answers
        page.period_start, page.period_end = answers.get("start_year"), answers.get("end_year")
        page.legal_form = answers.get("legal_form") or CaseStudyPage.LegalForm.UNKNOWN
        page.rhythm = answers.get("rhythm") or CaseStudyPage.Rhythm.UNKNOWN
        page.places = answers.get("places") or CaseStudyPage.Place.UNKNOWN
        page.rhythm_detail = self._line("rhythm_detail")
        for name in ("people_total", "people_eligible", "people_teleworking"):
            setattr(page, name, answers.get(name))

    def _stories(self) -> None:
        self.page.why, self.page.approach, self.page.funding = map(self._rich, ("why", "how", "funding"))

    def _streams(self) -> None:
        self._stream("figures", "figure", [self._figure(number) for number in FIGURES])
        self._stream("costs", "cost", [self._cost(number) for number in COSTS])
        self._stream("difficulties", "difficulty", [self._difficulty(number) for number in DIFFICULTIES])
        self._stream("advice", "tip", [self._line(f"tip_{number}") for number in TIPS])
        told = [line for line in self._line("unmeasured").splitlines() if line.strip()]
        self._stream("unknowns", "unknown", [*told, *self.form.open_answers()])
        self._stream("sources", "source", [SOURCE])

    def _stream(self, field: str, block: str, values: list[Any]) -> None:
        blocks = [{"type": block, "value": value, "id": str(uuid.uuid4())} for value in values if value]
        setattr(self.page, field, json.dumps(blocks, ensure_ascii=False))

    def _figure(self, number: int) -> dict[str, Any] | None:
        at = f"figure_{number}_"
        return self._amount(f"{at}value", self._line(f"{at}label"), self._line(f"{at}unit"), f"{at}year", f"{at}how")

    def _cost(self, number: int) -> dict[str, Any] | None:
        at = f"cost_{number}_"
        return self._amount(f"{at}value", self._line(f"{at}label"), "€", f"{at}year", "")

    def _amount(self, value: str, label: str, unit: str, year: str, how: str) -> dict[str, Any] | None:
        amount: Decimal | None = self.answers.get(value)
        if amount is None:
            return None
        exact = {"value": f"{amount.normalize():f}", "upper": None, "approximate": False, "unit": unit, "label": label}
        note = self._line(how) if how else ""
        return {**exact, "year": str(self.answers[year]), "source": SOURCE, "note": note}

    def _difficulty(self, number: int) -> dict[str, Any] | None:
        problem = self._line(f"difficulty_{number}")
        return {"problem": problem, "answer": self._rich(f"difficulty_{number}_answer")} if problem else None


def source() -> Source:
    """Where the figures of first-hand accounts come from: the accounts themselves."""
    return Source.objects.get_or_create(
        key=SOURCE,
        defaults={
            "title": "Témoignages adressés par le formulaire « Partagez votre expérience »",
            "publisher": "Le Relais",
            "kind": Source.Kind.PRIMARY,
            "language": "fr",
        },
    )[0]


def _free_slug(title: str, row: Contribution) -> str:
    return f"{slugify(title)[:_SLUG].strip('-') or 'temoignage'}-{row.reference.hex[:8]}"


def _shortened(text: str, longest: int) -> str:
    """The beginning of a text on one line, cut between words."""
    line = " ".join(text.split(" ")).replace("\n", " ").strip()
    if len(line) <= longest:
        return line
    return f"{line[: longest - 2].rpartition(' ')[0] or line[: longest - 2]} …"
