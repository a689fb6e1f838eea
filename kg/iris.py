"""Namespaces, and names made from keys: what a thing is decides its IRI, never when it was met."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from urllib.parse import quote

from cleanco import basename
from cleanco.clean import normalized, prepare_default_terms, strip_punct

ONTOLOGY = "https://w3id.org/kg-news/ontology#"
DATA = "https://w3id.org/kg-news/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"

PREFIXES = {
    "news": ONTOLOGY,
    "id": DATA,
    "organization": DATA + "organization/",
    "person": DATA + "person/",
    "place": DATA + "place/",
    "product": DATA + "product/",
    "dcterms": DCTERMS,
    "oa": OA,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": XSD,
}

_LONGEST = 120


def slug(key: str) -> str:
    """Turn a key into one path segment of an IRI; distinct keys give distinct segments.

    >>> slug("alibaba group"), slug("a/b?"), slug("北京")
    ('alibaba_group', 'a%2Fb%3F', '%E5%8C%97%E4%BA%AC')
    >>> slug("a_b") == slug("a b")
    False
    >>> len(slug("é" * 5000)) <= 120
    True
    """
    segment = quote(key, safe=" ", errors="surrogatepass").replace("_", "%5F").replace(" ", "_")
    if segment in {".", ".."}:
        segment = segment.replace(".", "%2E")
    if len(segment) > _LONGEST:
        # A plus sign stands in no quoted key, so no short key can take the name of a long one.
        segment = re.sub(r"%.?$", "", segment[: _LONGEST - 17]) + "+" + digest(key)[:16]
    return segment


def digest(*parts: str) -> str:
    """Return the hexadecimal SHA-256 of the parts, each with its length, so that other parts give another.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    framed = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()


def entity_iri(family: str, key: str) -> str:
    """Name an entity by its family (organization, person, place, product) and normalised name.

    >>> entity_iri("Organization", "alibaba")
    'https://w3id.org/kg-news/id/organization/alibaba'
    """
    return f"{DATA}{family.lower()}/{slug(key)}"


def event_iri(event: str, *key: str) -> str:
    """Name an event by its class and its key roles, so that two tellings of one event share a name.

    >>> event_iri("Acquisition", "a", "b")
    'https://w3id.org/kg-news/id/acquisition/8088d811d70465c1'
    """
    return f"{DATA}{kebab(event)}/{digest(event, *key)[:16]}"


def article_iri(identifier: str) -> str:
    """Name an article, and its named graph, by its identifier.

    >>> article_iri("sensors.txt")
    'https://w3id.org/kg-news/id/article/sensors.txt'
    """
    return f"{DATA}article/{slug(identifier)}"


def kebab(name: str) -> str:
    """Turn a class name into words.

    >>> kebab("FundingRound")
    'funding-round'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def normalise(name: str) -> str:
    """Fold what does not tell two names apart: case, width, accents' encoding, punctuation, a leading "the".

    >>> normalise("The Alibaba  Group"), normalise("AT&T Inc."), normalise("O’Reilly")
    ('alibaba group', 'at&t inc', "o'reilly")
    """
    text = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    words = re.sub(r"[^\w&'+.]+|\.(?!\w)|(?<!\w)\.|_", " ", text).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or text.strip()


@lru_cache(maxsize=50_000)
def without_legal_form(name: str) -> str:
    """Take the legal form of any country off the end of a name, unless nothing would be left.

    >>> without_legal_form("Foo Holdings Pte. Ltd."), without_legal_form("Limited")
    ('Foo Holdings', 'Limited')
    """
    last = name.rsplit(maxsplit=1)[-1:]
    # Comparing with all forms is slow, and most names end in none of their words.
    if not last or strip_punct(normalized(last[0])) not in _last_words():
        return name
    return basename(name) or name


@cache
def _last_words() -> frozenset[str]:
    return frozenset(words[-1] for _, words in prepare_default_terms())
