"""Home, plain pages, glossary, and the settings of the site. Never imports another content room."""

from hub.home.models.home import HomePage
from hub.home.models.plain import GlossaryPage, PlainPage
from hub.home.models.settings import SiteIdentity, SiteWording

__all__ = ["GlossaryPage", "HomePage", "PlainPage", "SiteIdentity", "SiteWording"]
