"""What tests of the library put on its list, and read there."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup

CAEN = {"commune": "Caen", "epci_code": "200065597", "latitude": "49.1819", "longitude": "-0.3716"}
ALENCON = {"commune": "Alençon", "epci_code": "246100663", "latitude": "48.4307", "longitude": "0.0864"}


def titles(html: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in html.select(".case-list h2 a")]


def counts(html: BeautifulSoup, facet: str) -> dict[str, int]:
    boxes = html.select(f".facet input[name={facet}]")
    return {box["value"]: int(box.find_parent("label").select_one(".count").get_text()) for box in boxes}


def messages(html: BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ") for tag in html.select("[role=status]"))


def query(link: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link["href"]).query)
