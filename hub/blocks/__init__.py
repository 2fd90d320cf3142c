"""StreamField blocks, one family a file: ``text``, ``evidence``, ``media``, ``links``; ``body`` gathers them.

``fields`` has the slim StreamField and ``values`` the small fields that hold data rather than words (they are copied,
not translated). May import ``hub.vocabulary`` only.
"""
