"""Two languages: loading translations, the switcher, hreflang.

The only importer of wagtail_localize besides field declarations.

Sees pages as ``HubPage`` only.
"""
