"""Search: what visitors type becomes clauses, an engine finds pages, the database has the last word.

From a question to an answer:

* ``views``, ``visit``, ``contract``: HTTP, what is shown around the results, the JSON that programs rely on.
* ``results``, ``answers``, ``promotions``, ``misses``: what editors and the law put first, pages checked against the
  database, definitions, queries that found nothing.
* ``asking``, ``plan``, ``lexicon``, ``thesaurus``, ``spelling``: text to clauses, above every engine, so that all
  engines understand a visitor in the same way.
* ``engines``, ``breaker``, ``deadline``, ``fallback``: which engine answers, and what happens when it cannot.
* ``engine``: the protocol that an engine answers to, and its values. ``embedded`` answers it with tantivy
  (``tantivy_index``, ``generations``, ``locks``), ``cluster`` with Elasticsearch (``elastic``, ``aliases``,
  ``address``).

From a change to the index:

* ``events``: what changes what visitors find. ``outbox``, ``tasks``: every change on its way to every engine.
* ``documents``, ``pdf``: a page as the engines see it.

Behind the scenes: ``evaluate``, ``judgements`` measure; ``status`` tells; ``workbench`` is the editors' part.

Sees pages only as ``hub.pages.models.HubPage``. May import ``hub.pages``, ``hub.vocabulary``, ``hub.blocks`` and
``hub.media``.
"""
