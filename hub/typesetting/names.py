"""Names of the files that visitors take away."""

import re
import unicodedata

_LONGEST = 80


def attachment(name: str, extension: str) -> str:
    """A ``Content-Disposition`` for a download: ASCII letters, digits, full stops and hyphens, whatever the name."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_only).strip("-.")[:_LONGEST] or "document"
    return f'attachment; filename="{plain}.{extension}"'
