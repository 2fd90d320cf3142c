"""Search: what visitors type becomes clauses, an engine finds pages, the database has the last word.

* ``plan``: text to clauses, above every engine, so that all engines understand a visitor in the same way.
* ``engine``: the protocol that an engine answers to, and its values. ``embedded`` answers it with tantivy.
* ``engines``: which engine answers, and what happens when it cannot.
* ``documents``: a page as the engines see it. ``outbox``: every change of a page on its way to them.
* ``results``: what an engine found, checked against the database before anybody sees it.

Sees pages only as ``hub.pages.models.HubPage``. May import ``hub.pages``, ``hub.vocabulary`` and ``hub.blocks``.
"""
