"""A small content folder of the tests' own, written file by file."""

from pathlib import Path
from textwrap import dedent

import pytest

from guides.letters import clauses
from hub.demo import entries

FILES = {
    "site.yaml": """
        name: {same: Relais}
        tagline: {fr: Le relais, en: The relay}
        footer_text: {fr: Au pied, en: At the foot}
        """,
    "vocabulary/audiences.yaml": """
        - {slug: elus, label: {fr: Élus, en: Councillors}, description: {fr: Pour vous, en: For you}}
        """,
    "vocabulary/territories.yaml": """
        - {slug: orne, kind: departement, code: "61", label: {same: Orne}, description: {fr: Ici, en: Here}}
        """,
    "vocabulary/sectors.yaml": """
        - {slug: industrie, label: {fr: Industrie, en: Industry}, description: {fr: Usines, en: Works}}
        """,
    "vocabulary/sources.yaml": """
        - {key: STUDY, title: Étude, publisher: Région, date: "2016", kind: primary}
        """,
    "snippets/organisations.yaml": "[]",
    "snippets/legal_references.yaml": "[]",
    "snippets/glossary.yaml": """
        - key: avenant
          term: {fr: avenant, en: amendment}
          definition: {fr: Un accord qui change un contrat., en: A signed change to a contract.}
        """,
    "pages/home.yaml": """
        type: home
        title: {fr: Accueil du relais, en: Home of the relay}
        slug: {fr: accueil, en: home}
        summary: {fr: Tout ce qu’on peut faire ici., en: All that one can do here.}
        audiences: [elus]
        tagline: {fr: Demander et comparer, en: Ask and compare}
        """,
    "pages/about.yaml": """
        type: page
        parent: home
        order: 1
        title: {fr: À propos, en: About}
        slug: {fr: a-propos, en: about}
        summary: {fr: "Qui parle ici ?", en: "Who speaks here?"}
        audiences: [elus]
        territories: [orne]
        body:
          - text:
              fr: |
                Voir [l’accueil](page:home).

                Le droit change : nous datons tout.
              en: |
                See [the home page](page:home).

                Law changes, so we date everything.
          - figures:
              items:
                - value: 1344
                  unit: {fr: entreprises, en: firms}
                  label: {fr: Entreprises vues, en: Firms seen}
                  year: "2015"
                  source: STUDY
        """,
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def few_clauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two clauses of the letters: all of them are translated one by one, which takes longer than everything else."""
    few = dict(list(clauses.shipped().items())[:2])
    monkeypatch.setattr(entries, "shipped", lambda: few)
