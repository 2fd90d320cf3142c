"""The hub's real starting content, as files a person can read and edit, and their loader.

``files`` reads YAML and knows lines, ``markdown`` makes rich text, ``values`` turns file values into field and block
values, ``entries`` handles vocabularies and snippets, ``pages`` the page tree, ``loader`` the order of it all.
"""
