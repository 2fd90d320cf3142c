"""Papers for a council: the dossier of chosen cases, the two-page note for elected members, the slides.

``composition`` and ``briefing`` read pages and give plain ``values`` in the active language; the writers (``pdf``,
``word``, ``slides``) know nothing but those.
"""
