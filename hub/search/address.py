"""Where Elasticsearch is, and how one is let in."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from elasticsearch import Elasticsearch


@dataclass(frozen=True)
class Address:
    """``https://user:password@host:9200/?ca_certs=/path/ca.pem&prefix=hub``, taken apart."""

    host: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_certs: str = ""
    prefix: str = "hub"

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Raises ``ValueError``, without the password, when it is no address of a server."""
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.scheme not in ("http", "https") or not parts.hostname or set(options) - {"ca_certs", "prefix"}:
            raise ValueError("ELASTICSEARCH_URL is https://user:password@host:9200/?ca_certs=/path/ca.pem&prefix=hub")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        port = parts.port or (443 if parts.scheme == "https" else 9200)
        plain = urlunsplit((parts.scheme, f"{host}:{port}", parts.path.rstrip("/"), "", ""))
        secrets = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(plain, *secrets, options.get("ca_certs", ""), options.get("prefix", "hub"))

    def connect(self, timeout: float) -> Elasticsearch:
        options: dict[str, Any] = {"request_timeout": timeout, "max_retries": 0, "retry_on_timeout": False}
        if self.user:
            options["basic_auth"] = (self.user, self.password)
        if self.ca_certs:
            options["ca_certs"] = self.ca_certs
        return Elasticsearch(self.host, **options)
