"""Whatever stands in an address, no answer is a failure of ours."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories.hub import Hub
from tests.factories.vocabulary import AudienceFactory

pytestmark = pytest.mark.django_db
within_one_site = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

NAMES = [
    "audience",
    "territory",
    "kind",
    "sector",
    "regime",
    "page",
    "format",
    "q",
    "type",
    "locale",
    "limit",
    "offset",
]
VALUES = [
    "elus",
    "atom",
    "json",
    "-1",
    "0",
    "9999999999",
    "",
    '"',
    "*",
    "%00",
    "\x00",
    "../",
    "<svg>",
    "’",
    "fr",
    "AND",
]
names = st.sampled_from(NAMES) | st.text(max_size=8)
values = st.sampled_from(VALUES) | st.text(max_size=30) | st.integers().map(str)
queries = st.lists(st.tuples(names, values), max_size=6)


def encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode([tuple(part.encode("utf-8", "surrogatepass") for part in pair) for pair in pairs])


@pytest.fixture
def addresses(hub: Hub, client: Client) -> Any:
    AudienceFactory(slug="elus")
    hub.case(title="Alençon", audiences=["elus"])
    hub.explainer(audiences=["elus"])
    hub.campaign(audiences=["elus"])
    sections = [hub.section(name)["fr"].get_url() for name in ("cases", "legal", "campaigns")]
    # A failure must be an answer, as it is for visitors, and not an exception in the test.
    client.raise_request_exception = False
    views = ["/fr/", "/en/audiences/elus/", "/sitemap.xml", "/"]
    return client, sections + views


@given(pairs=queries)
@example(pairs=[("page", "\ud800"), ("audience", "\udfff")])
@example(pairs=[("page", "١"), ("audience", "a" * 5000)])
@example(pairs=[("format", "atom"), ("page", "\x0b\x0c"), ("audience", "\x00")])
@within_one_site
def test_no_query_string_breaks_a_list(addresses: Any, pairs: list[tuple[str, str]]) -> None:
    client, urls = addresses
    for url in urls:
        response = client.get(f"{url}?{encoded(pairs)}")
        assert response.status_code < 400, (url, pairs)


@given(pairs=queries)
@example(pairs=[("search", '"')])
@example(pairs=[("search", "   ")])
@example(pairs=[("search", "\x00")])
@example(pairs=[("order", "title"), ("fields", "*")])
@example(pairs=[("fields", "*,-title(")])
@example(pairs=[("descendant_of", "99999999999999999999")])
@example(pairs=[("child_of", "\x00")])
@example(pairs=[("slug", "\x00")])
@example(pairs=[("translation_of", "-1")])
@within_one_site
def test_no_query_string_breaks_the_api(addresses: Any, pairs: list[tuple[str, str]]) -> None:
    client, _urls = addresses
    assert client.get(f"/api/v2/pages/?{encoded(pairs)}").status_code < 500, pairs


@given(path=st.text(max_size=30))
@example(path="\x00/")
@example(path="\ud800/")
@example(path="a" * 3000)
@example(path="..//../")
@example(path="études/")
@within_one_site
def test_no_path_breaks_the_hub(addresses: Any, path: str) -> None:
    client, _urls = addresses
    address = quote(path.encode("utf-8", "surrogatepass"))
    for prefix in (
        "/",
        "/fr/",
        "/en/",
        "/fr/publics/",
        "/fr/etudes-de-cas/",
        "/media/",
        "/documents/",
        "/api/v2/pages/",
    ):
        assert client.get(prefix + address).status_code < 500, (prefix, path)
