"""What every page of the hub shares: an abstract base, its queries, its links and its sources. No concrete model.

May import ``hub.blocks``, ``hub.media`` and ``hub.vocabulary``.
"""
