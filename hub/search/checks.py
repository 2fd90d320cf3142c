"""System checks on how search is set up."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from hub.search.address import Address


@register()
def elasticsearch_has_an_address(app_configs: Any, **kwargs: Any) -> list[Error]:
    """``ELASTICSEARCH_URL`` must be an address, and its certificate a file that can be read."""
    if not settings.ELASTICSEARCH_URL:
        return []
    try:
        address = Address.parse(settings.ELASTICSEARCH_URL)
        if address.ca_certs:
            Path(address.ca_certs).read_bytes()
    except (ValueError, OSError) as error:
        return [Error(f"ELASTICSEARCH_URL cannot be used: {error}", id="hub.E003")]
    return []
