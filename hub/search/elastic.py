"""How pages and clauses become Elasticsearch's: analysis, mappings, queries, passages. Knows no connection.

The only module that imports elasticsearch-dsl, which today is another name for ``elasticsearch.dsl``.

One index a language. Words are cut as the embedded engine cuts them (letters and digits apart, elided articles
dropped) and folded before they are stemmed, so that a query typed without accents meets the same words. ``words``
keeps every word unstemmed for exact clauses; ``title.words`` and ``title.edge`` serve autocompletion.

Neither ``search_as_you_type`` nor ``rank_feature`` nor ``scaled_float`` is used: small distributions lack them.
"""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from typing import Any

from elasticsearch_dsl import (
    Date,
    Float,
    Index,
    Keyword,
    Long,
    Mapping,
    Q,
    Search,
    Text,
    analyzer,
    token_filter,
    tokenizer,
)
from elasticsearch_dsl import query as dsl

from hub.search.engine import (
    FACETS,
    FIELD_WEIGHTS,
    SYNONYM_WEIGHT,
    Clause,
    Fragments,
    SearchDoc,
    SearchQuery,
)
from hub.search.lexicon import ELIDED, fold, stop_words, words

SCHEMA_VERSION = 1
FACET_VALUES = 1000
_PASSAGE = 220
_MARKS = ("\ue000", "\ue001")  # private use: taken out of every text before it is indexed
_FRESH = 0.1  # the share of the score that a page loses as it ages
_HALF_AGED = "730d"
_LONGEST_PREFIX = 20
_ELIDED = rf"(?:(?:{'|'.join(sorted(ELIDED['fr']))})['’ʼ])?"
_WORDS = {"fr": rf"{_ELIDED}\p{{L}}+|\p{{N}}+", "en": r"\p{L}+(?:['’ʼ]s(?!\p{L}))?|\p{N}+"}
# Forms that the light stemmer leaves apart.
_IRREGULAR = [
    "nouvel, nouvelle, nouvelles => nouveau",
    "bel, belle, belles => beau",
    "vieil, vieille, vieilles => vieux",
]
_ANY_WORD = r"\p{L}+|\p{N}+"
Body = dict[str, Any]


# --- The index ---


def _analysers(locale: str) -> dict[str, Any]:
    cut = tokenizer(
        f"words_{locale}",
        type="pattern",
        pattern=_WORDS.get(locale, _ANY_WORD),
        group=0,
        flags="CASE_INSENSITIVE|UNICODE_CASE",
    )
    plain = token_filter("plain_apostrophe", type="pattern_replace", pattern="[’ʼ]", replacement="'")
    before: list[Any] = {
        "fr": [plain, token_filter("elision_fr", type="elision", articles=sorted(ELIDED["fr"]), articles_case=True)],
        "en": [plain, token_filter("possessive", type="stemmer", language="possessive_english")],
    }.get(locale, [])
    stop = token_filter(f"stop_{locale}", type="stop", stopwords=sorted(stop_words(locale)))
    stemmer = {"fr": "light_french", "en": "english"}.get(locale)
    stem: list[Any] = [token_filter(f"stem_{locale}", type="stemmer", language=stemmer)] if stemmer else []
    if locale == "fr":
        stem.insert(0, token_filter("irregular_fr", type="stemmer_override", rules=_IRREGULAR))
    edge = token_filter("edge", type="edge_ngram", min_gram=1, max_gram=_LONGEST_PREFIX)
    short = token_filter("short", type="truncate", length=_LONGEST_PREFIX)
    folded = [*before, "lowercase", "asciifolding"]
    return {
        "text": analyzer(f"text_{locale}", tokenizer=cut, filter=[*folded, stop, *stem]),
        "words": analyzer(f"words_{locale}", tokenizer=cut, filter=folded),
        "edge": analyzer(f"edge_{locale}", tokenizer=cut, filter=[*folded, edge]),
        "prefix": analyzer(f"prefix_{locale}", tokenizer=cut, filter=[*folded, short]),
    }


def index_body(locale: str, meta: Map[str, Any]) -> Body:
    """Settings and mappings of a new index, which is not refreshed until it is filled."""
    chains = _analysers(locale)
    mapping = Mapping()
    marked = {"term_vector": "with_positions_offsets"}
    sub = {
        "words": Text(analyzer=chains["words"]),
        "edge": Text(analyzer=chains["edge"], search_analyzer=chains["prefix"], norms=False),
    }
    fields: dict[str, Any] = {
        "id": Long(),
        "version": Long(),
        "locale": Keyword(),
        "title": Text(analyzer=chains["text"], copy_to="words", fields=sub),
        "keywords": Text(analyzer=chains["text"], copy_to="words"),
        "summary": Text(analyzer=chains["text"], copy_to="words", **marked),
        "body": Text(analyzer=chains["text"], copy_to="words", **marked),
        "words": Text(analyzer=chains["words"]),
        "lead": Keyword(index=False, doc_values=False),
        "url": Keyword(index=False, doc_values=False),
        "published": Date(),
        "updated": Date(),
        "boost": Float(),
        **{name: Keyword() for name in FACETS},
    }
    for name, kind in fields.items():
        mapping.field(name, kind)
    mapping.meta("dynamic", False)
    mapping.meta("_meta", dict(meta))
    index = Index("made")
    index.mapping(mapping)
    for chain in chains.values():
        index.analyzer(chain)
    index.settings(
        number_of_shards=1,
        auto_expand_replicas="0-1",
        refresh_interval="-1",
        # How long a deletion is remembered while a rebuild may still bring the page's older text.
        gc_deletes="1h",
    )
    return index.to_dict()


def state_body() -> Body:
    """The index that remembers how far each generation has come."""
    mapping = Mapping()
    mapping.field("generation", Keyword())
    mapping.field("sequence", Long())
    index = Index("made")
    index.mapping(mapping)
    index.settings(number_of_shards=1, auto_expand_replicas="0-1")
    return index.to_dict()


def source(doc: SearchDoc) -> Body:
    """A document as it is stored."""
    body = _unmarked(doc.body)
    return {
        "id": doc.id,
        "version": doc.version,
        "locale": doc.locale,
        "title": _unmarked(doc.title),
        "keywords": [_unmarked(word) for word in doc.keywords],
        "summary": _unmarked(doc.summary),
        "body": body,
        "lead": body[:_PASSAGE].strip(),
        "url": doc.url,
        "published": doc.published.isoformat() if doc.published else None,
        "updated": doc.updated.isoformat() if doc.updated else None,
        "boost": doc.boost,
        **{name: list(doc.facet(name)) for name in FACETS},
    }


def _unmarked(text: str) -> str:
    """Text that holds neither our marks nor half a character, which JSON cannot carry."""
    return text.replace(_MARKS[0], "").replace(_MARKS[1], "").encode(errors="ignore").decode()


# --- Questions ---


class QueryWriter:
    """Writes the hub's queries in Elasticsearch's terms, for one language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._stop = stop_words(locale)

    def search(self, asked: SearchQuery, doubtful: Sequence[str] = ()) -> Search:
        """Hits, facets and passages; for each doubtful word, whether any page holds it and what is near to it."""
        search = Search().query(self._ranked(asked)).post_filter(_chosen(asked))
        search = search.extra(track_total_hits=True, **{"from": (asked.page - 1) * asked.size, "size": asked.size})
        search = search.source(["id", "summary", "lead"])
        newest = asked.sort == "newest" or not asked.clauses
        order = [{"published": {"order": "desc", "missing": "_last"}}] if newest else ["_score"]
        search = search.sort(*order, {"id": {"order": "asc"}}).extra(track_scores=True)
        for name in asked.facets:
            bucket = search.aggs.bucket(name, "filter", _chosen(asked, ignoring=name))
            bucket.bucket("values", "terms", field=name, size=FACET_VALUES)
        if doubtful:
            search = self._spell(search, doubtful)
        if asked.highlight and asked.clauses:
            search = search.highlight_options(
                type="fvh", number_of_fragments=1, fragment_size=_PASSAGE, order="score",
                pre_tags=_MARKS[0], post_tags=_MARKS[1], boundary_scanner="sentence",
                boundary_max_scan=80, boundary_scanner_locale=self.locale,
            )  # fmt: skip
            for field in ("body", "summary"):
                search = search.highlight(field, highlight_query=self._marked(asked, field).to_dict())
        return search

    def opening(self, prefix: str, limit: int, filters: Map[str, frozenset[str]]) -> Search | None:
        """Titles that hold every word of ``prefix``, the last one perhaps unfinished."""
        typed = [word.text for word in words(prefix, self.locale)]
        if not typed:
            return None
        parts = [Q("match", **{"title.edge": typed[-1]})]
        if typed[:-1]:
            parts.append(Q("match", **{"title.words": {"query": " ".join(typed[:-1]), "operator": "and"}}))
        parts += [Q("terms", **{name: sorted(values)}) for name, values in filters.items() if values]
        return Search().query(dsl.Bool(filter=parts)).source(["id", "title", "url"]).extra(size=limit * 4)

    def witness(self, word: str) -> Search:
        """A page that holds the word as it is, with the word marked: how it is really written, accents and all."""
        asked = Q("match", words=word)
        search = Search().query(dsl.Bool(filter=[asked])).source(False).extra(size=1)
        search = search.highlight_options(
            type="unified", number_of_fragments=1, pre_tags=_MARKS[0], post_tags=_MARKS[1], require_field_match=False
        )
        for field in ("title", "summary", "body"):
            search = search.highlight(field, highlight_query=Q("match", **{field: word}).to_dict())
        return search

    def _spell(self, search: Search, doubtful: Sequence[str]) -> Search:
        everywhere = search.aggs.bucket("everywhere", "global")
        for number, word in enumerate(doubtful):
            everywhere.bucket(f"known_{number}", "filter", self._anywhere(word))
        for number, word in enumerate(doubtful):
            term = {"field": "words", "suggest_mode": "missing", "max_edits": 1 if len(word) < 7 else 2}
            term |= {"prefix_length": 0, "min_word_length": 3, "size": 3}
            search = search.suggest(f"near_{number}", word, term=term)
        return search

    def _anywhere(self, word: str) -> dsl.Query:
        return Q("multi_match", query=word, fields=list(FIELD_WEIGHTS), operator="and")

    # --- Clauses ---

    def _ranked(self, asked: SearchQuery) -> dsl.Query:
        """The text's score, less a little for pages that have grown old, times the editors' boost."""
        fresh = dsl.FunctionScore(
            query=self._text(asked),
            functions=[
                {"weight": 1 - _FRESH},
                {"gauss": {"updated": {"scale": _HALF_AGED, "origin": "now"}}, "weight": _FRESH},
            ],
            score_mode="sum",
            boost_mode="multiply",
        )
        boost = {"field_value_factor": {"field": "boost", "missing": 1}}
        return dsl.FunctionScore(query=fresh, functions=[boost], boost_mode="multiply")

    def _text(self, asked: SearchQuery) -> dsl.Query:
        if not asked.clauses:
            return Q("match_none") if asked.text else Q("match_all")
        free = [written for clause in asked.clauses if not clause.exact and (written := self._clause(clause))]
        exact = [self._exact(clause) for clause in asked.clauses if clause.exact]
        if not free and not exact:
            return Q("match_none")
        must = list(exact)
        if free:
            must.append(dsl.Bool(should=free, minimum_should_match=asked.least(len(free))))
        return dsl.Bool(must=must, should=self._together(asked))

    def _clause(self, clause: Clause) -> dsl.Query | None:
        found: list[dsl.Query] = []
        for place, wording in enumerate(clause.alternatives):
            written = self._wording(wording, 1.0 if place == 0 else SYNONYM_WEIGHT)
            if written is not None:
                found.append(written)
        own = clause.alternatives[0]
        if self._carrying(own) > 1:
            # The visitor's own words when they stand in one field but not together: found, for less.
            found += [
                Q("match", **{name: {"query": own, "operator": "and", "boost": weight * SYNONYM_WEIGHT}})
                for name, weight in FIELD_WEIGHTS.items()
            ]
        return dsl.DisMax(queries=found) if found else None

    def _wording(self, wording: str, boost: float) -> dsl.Query | None:
        """One wording in any field. When stop words leave a single word of several, it is met as it was written."""
        carrying = self._carrying(wording)
        if carrying < 2 and len(words(wording, self.locale)) > 1:
            return self._as_written(wording, boost)
        if not carrying:
            return None
        fields = [f"{name}^{weight:g}" for name, weight in FIELD_WEIGHTS.items()]
        return Q("multi_match", query=wording, type="phrase", fields=fields, tie_breaker=0.3, boost=boost)

    def _exact(self, clause: Clause) -> dsl.Query:
        return dsl.DisMax(queries=[self._as_written(wording, 1.0) for wording in clause.alternatives])

    def _as_written(self, wording: str, boost: float) -> dsl.Query:
        title = {"query": wording, "boost": FIELD_WEIGHTS["title"]}
        anywhere = [Q("match_phrase", words=wording), Q("match_phrase", **{"title.words": title})]
        return dsl.DisMax(queries=anywhere, boost=boost)

    def _together(self, asked: SearchQuery) -> list[dsl.Query]:
        """Pages that hold the visitor's words side by side come first."""
        if len(asked.clauses) < 2:
            return []
        return [
            Q("match_phrase", **{name: {"query": asked.text, "slop": 2, "boost": weight}})
            for name, weight in FIELD_WEIGHTS.items()
        ]

    def _carrying(self, wording: str) -> int:
        """How many words are left once stop words are gone."""
        return sum(fold(word.text) not in self._stop for word in words(wording, self.locale))

    def _marked(self, asked: SearchQuery, field: str) -> dsl.Query:
        """The words to mark: the visitor's own, and with less weight synonyms of one word."""
        own = " ".join(clause.alternatives[0] for clause in asked.clauses)
        others = " ".join(
            wording for clause in asked.clauses for wording in clause.alternatives[1:] if self._carrying(wording) == 1
        )
        parts = [Q("match", **{field: {"query": own, "boost": 20}})]
        if others and field == "body":
            parts.append(Q("match", **{field: {"query": others, "boost": 1}}))
        return dsl.Bool(should=parts)


def _chosen(asked: SearchQuery, ignoring: str = "") -> dsl.Query:
    chosen = [
        Q("terms", **{name: sorted(values)}) for name, values in asked.filters.items() if values and name != ignoring
    ]
    return dsl.Bool(filter=chosen) if chosen else Q("match_all")


# --- Answers ---


def passage(hit: Body) -> Fragments:
    """The passage that best shows why a page was found, or its first words."""
    marked = hit.get("highlight", {})
    for field in ("body", "summary"):
        if marked.get(field):
            return _cut(marked[field][0], hit["_source"]["lead"] if field == "body" else hit["_source"]["summary"])
    text = hit["_source"]["summary"][:_PASSAGE].strip() or hit["_source"]["lead"]
    return ((text, False),)


def _cut(fragment: str, beginning: str) -> Fragments:
    pieces: list[tuple[str, bool]] = []
    for number, piece in enumerate(fragment.strip().split(_MARKS[0])):
        match, closed, rest = piece.partition(_MARKS[1])
        if number and closed:
            pieces.append((match, True))
            piece = rest
        pieces.append((piece, False))
    plain = "".join(words for words, _is_match in pieces)
    if not beginning.startswith(plain[: len(beginning)]):
        pieces.insert(0, ("… ", False))
    if not plain.endswith((".", "!", "?", "…")):
        pieces.append((" …", False))
    return tuple((words, is_match) for words, is_match in pieces if words)


def written(hit: Body, word: str) -> str:
    """The word as the page of ``QueryWriter.witness`` writes it, in lower case."""
    for fragments in hit.get("highlight", {}).values():
        for fragment in fragments:
            for piece in fragment.split(_MARKS[0])[1:]:
                found = piece.partition(_MARKS[1])[0].lower()
                if fold(found) == fold(word):
                    return found
    return word
