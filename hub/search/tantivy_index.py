"""How pages and clauses become tantivy's documents and queries: fields, chains of analysis.

One index a language. Every text field is folded before it is stemmed, so that a query typed without accents meets
the same words. ``words`` keeps every word of the page unstemmed for exact clauses, ``opening`` those of the title for
autocompletion, and ``spelling`` keeps accents, for "did you mean".
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tantivy import (
    Document,
    Filter,
    Index,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from hub.search.engine import (
    FACETS,
    FIELD_WEIGHTS,
    SYNONYM_WEIGHT,
    Clause,
    SearchDoc,
    SearchQuery,
)
from hub.search.lexicon import stop_words

SCHEMA_VERSION = 1
_STEMMERS = {"fr": "french", "en": "english"}


def _schema() -> Schema:
    build = SchemaBuilder().add_unsigned_field("id", stored=True, indexed=True, fast=True)
    build.add_unsigned_field("version", fast=True)
    build.add_integer_field("published", fast=True)
    build.add_float_field("boost", fast=True)
    build.add_text_field("url", stored=True, tokenizer_name="raw", index_option="basic")
    for name in FIELD_WEIGHTS:
        build.add_text_field(name, stored=name != "keywords", tokenizer_name="text")
    build.add_text_field("words", tokenizer_name="words")
    build.add_text_field("opening", tokenizer_name="words")
    build.add_text_field("spelling", tokenizer_name="spelling", index_option="basic")
    for name in FACETS:
        build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return build.build()


SCHEMA = _schema()


def _chain(*filters: Filter) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.regex(r"\p{L}+|\p{N}+")).filter(Filter.lowercase())
    for each in filters:
        builder = builder.filter(each)
    return builder.build()


def _analysers(locale: str) -> dict[str, TextAnalyzer]:
    stemming = [Filter.stemmer(_STEMMERS[locale])] if locale in _STEMMERS else []
    stopping = Filter.custom_stopword(sorted(stop_words(locale)))
    return {
        "text": _chain(Filter.ascii_fold(), stopping, *stemming),
        "words": _chain(Filter.ascii_fold()),
        "spelling": _chain(),
    }


def open_index(path: Path, locale: str, create: bool = False) -> Index:
    """An index ready to read or write. It never watches its files: whoever reads reloads first."""
    if create:
        path.mkdir(parents=True, exist_ok=True)
    index = Index(SCHEMA, path=str(path)) if create else Index.open(str(path))
    for name, analyser in _analysers(locale).items():
        index.register_tokenizer(name, analyser)
    index.config_reader("manual")
    return index


def to_document(doc: SearchDoc) -> Document:
    document = Document()
    document.add_unsigned("id", doc.id)
    document.add_unsigned("version", doc.version)
    document.add_integer("published", int(doc.published.timestamp() * 1_000_000) if doc.published else 0)
    # The score is multiplied by log2(2 + value), negative values counting as none: four times the boost, for all.
    document.add_float("boost", max(0.0, 2 ** (4 * doc.boost) - 2))
    document.add_text("url", doc.url)
    document.add_text("opening", doc.title)
    texts = {"title": doc.title, "summary": doc.summary, "keywords": " ".join(doc.keywords), "body": doc.body}
    for name, text in texts.items():
        for field in (name, "words", "spelling"):
            document.add_text(field, text)
    for name in FACETS:
        for value in doc.facet(name):
            document.add_text(name, value)
    return document


class QueryWriter:
    """Writes the hub's queries in tantivy's terms, for one language."""

    def __init__(self, locale: str) -> None:
        self._analysers = _analysers(locale)
        # One query asks for the same words field by field, and visitors ask for the same words.
        self.tokens = lru_cache(maxsize=4096)(self._tokens)

    def query(self, asked: SearchQuery, ignoring: str = "") -> Query:
        """Text and filters; ``ignoring`` names the facet whose own filter is left out."""
        parts = [(Occur.Must, self._text(asked))]
        for name, values in asked.filters.items():
            if values and name != ignoring:
                chosen = Query.term_set_query(SCHEMA, name, sorted(values))
                parts.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
        return Query.boolean_query(parts)

    def _text(self, asked: SearchQuery) -> Query:
        if not asked.clauses:
            return Query.empty_query() if asked.text else Query.all_query()
        free = [written for clause in asked.clauses if not clause.exact and (written := self._clause(clause))]
        exact = [written for clause in asked.clauses if clause.exact and (written := self._exact(clause))]
        if not free and not exact:
            return Query.empty_query()
        parts = [(Occur.Must, written) for written in exact]
        if free:
            enough = Query.boolean_query([(Occur.Should, each) for each in free], asked.least(len(free)))
            parts.append((Occur.Must, enough))
        parts += [(Occur.Should, written) for written in self._together(asked)]
        return Query.boolean_query(parts)

    def _clause(self, clause: Clause) -> Query | None:
        found = []
        for place, wording in enumerate(clause.alternatives):
            written = self._wording(wording)
            if written is not None:
                found.append(written if place == 0 else Query.boost_query(written, SYNONYM_WEIGHT))
        found += self._apart(clause.alternatives[0])
        return Query.disjunction_max_query(found) if found else None

    def _wording(self, wording: str) -> Query | None:
        """One wording in any field. When stop words leave a single word of several, it is met as it was written."""
        if len(self.tokens("text", wording)) < 2 and len(self.tokens("words", wording)) > 1:
            return self._as_written(wording)
        found = [
            Query.boost_query(written, weight)
            for name, weight in FIELD_WEIGHTS.items()
            if (written := self._phrase(name, wording, "text"))
        ]
        return Query.disjunction_max_query(found, 0.3) if found else None

    def _apart(self, wording: str) -> list[Query]:
        """The visitor's own words when they stand in one field but not together: found, for less."""
        tokens = self.tokens("text", wording)
        if len(tokens) < 2:
            return []
        return [
            Query.boost_query(
                Query.boolean_query([(Occur.Must, Query.term_query(SCHEMA, name, token)) for _place, token in tokens]),
                weight * SYNONYM_WEIGHT,
            )
            for name, weight in FIELD_WEIGHTS.items()
        ]

    def _exact(self, clause: Clause) -> Query | None:
        found = [written for wording in clause.alternatives if (written := self._as_written(wording))]
        return Query.disjunction_max_query(found) if found else None

    def _as_written(self, wording: str) -> Query | None:
        anywhere, in_title = self._phrase("words", wording, "words"), self._phrase("opening", wording, "words")
        if anywhere is None or in_title is None:
            return None
        return Query.disjunction_max_query([anywhere, Query.boost_query(in_title, FIELD_WEIGHTS["title"])])

    def _together(self, asked: SearchQuery) -> list[Query]:
        """Pages that hold the visitor's words side by side come first."""
        if len(asked.clauses) < 2:
            return []
        found = []
        for name, weight in FIELD_WEIGHTS.items():
            written = self._phrase(name, asked.text, "text", slop=2)
            if written is not None:
                found.append(Query.boost_query(written, weight))
        return found

    def _phrase(self, field: str, text: str, chain: str, slop: int = 0) -> Query | None:
        tokens = self.tokens(chain, text)
        if not tokens:
            return None
        first = tokens[0][0]
        if len(tokens) == 1:
            return Query.term_query(SCHEMA, field, tokens[0][1])
        return Query.phrase_query(SCHEMA, field, [(place - first, token) for place, token in tokens], slop)

    def _tokens(self, chain: str, text: str) -> tuple[tuple[int, str], ...]:
        return tuple((token.position, token.text) for token in self._analysers[chain].pre_tokenize(text).tokens)

    def opening(self, prefix: str, filters: Mapping[str, frozenset[str]]) -> Query:
        """Titles that hold every word of ``prefix``, the last one perhaps unfinished."""
        tokens = [token for _place, token in self.tokens("words", prefix)]
        if not tokens:
            return Query.empty_query()
        parts = [Query.term_query(SCHEMA, "opening", token) for token in tokens[:-1]]
        parts.append(Query.fuzzy_term_query(SCHEMA, "opening", tokens[-1], distance=0, prefix=True))
        for name, values in filters.items():
            if values:
                parts.append(Query.term_set_query(SCHEMA, name, sorted(values)))
        return Query.boolean_query([(Occur.Must, part) for part in parts])

    def marked(self, asked: SearchQuery, with_synonyms: bool) -> frozenset[str]:
        """The words to mark in a passage: the visitor's own, and perhaps synonyms of one word."""
        found = set()
        for clause in asked.clauses:
            for place, wording in enumerate(clause.alternatives):
                if place == 0 or with_synonyms:
                    tokens = self.tokens("text", wording)
                    if place == 0 or len(tokens) == 1:
                        found |= {token for _place, token in tokens if len(token) > 1}
        return frozenset(found)

    def any_of(self, field: str, tokens: frozenset[str]) -> Query:
        return Query.boolean_query([(Occur.Should, Query.term_query(SCHEMA, field, token)) for token in sorted(tokens)])
