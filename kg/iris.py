"""Namespaces, and names made from keys: what a thing is decides its IRI, never when it was met."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from urllib.parse import quote

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
    """Take the legal forms of any country off the end of a name, unless nothing would be left.

    >>> without_legal_form("Foo Holdings Pte. Ltd."), without_legal_form("Limited")
    ('Foo Holdings', 'Limited')
    >>> without_legal_form("Foo (UK) Ltd"), without_legal_form("Foo AB (publ)"), without_legal_form("Foo Spa")
    ('Foo (UK)', 'Foo', 'Foo Spa')
    """
    words = name.split()
    kept = len(words)
    while length := next((n for n in range(_LONGEST_FORM, 0, -1) if is_legal_form(words[:kept][-n:])), 0):
        if length >= kept:
            break
        kept -= length
    return name if kept == len(words) else " ".join(words[:kept]).rstrip(" ,;&/(-–") or name


def is_legal_form(words: Sequence[str]) -> bool:
    """Tell whether words, as they are written, are one legal form of a company: "Ltd.", "Sdn. Bhd.", "(publ)".

    >>> is_legal_form(["S.p.A."]), is_legal_form(["Spa"]), is_legal_form(["GmbH", "&", "Co.", "KG"])
    (True, False, True)
    """
    if len(words) != 1:
        return 0 < len(words) <= _LONGEST_FORM and tuple(map(_bare, words)) in _legal_forms()
    return _is_legal_word(words[0])


@lru_cache(maxsize=50_000)
def _is_legal_word(word: str) -> bool:
    bare = _bare(word)
    if (bare,) not in _legal_forms():
        return False
    # A short one is also a word or a syllable, unless it is written as no word is.
    return len(bare) > _SHORT or bare in _WRITTEN_AS_WORDS or word[1:] != word[1:].lower() or "." in word[:-1]


_LONGEST_FORM = 5  # words, of "sp. z o.o." and its like
_SHORT = 3
#: Legal forms that cleanco lacks, each as it is written without points.
_MORE_FORMS = """
cos, co ltd, co kg, co kgaa, & co kg, & co kgaa, pvt, pty, private limited, public limited company, public company limited, pcl, publ, berhad, bhd, sdn,
tbk, jsc, pjsc, ojsc, cjsc, pao, ao, ao, eood, ltda me, eireli, limitada, sab de cv, sapi de cv, de cv, s de rl de cv, sa/nv,
dac, kabushiki kaisha, godo kaisha, sti, ltd sti, ug, haftungsbeschrankt, wll, fze, fzco, fzc, fz-llc, fzllc, dmcc, mbh, qsc, qpsc, psc, spc,
nyilvanosan mukodo, p/l, lc, ltd liability co, lp"""
#: Terms of cleanco that are no legal forms at the end of a name in a text: codes of countries, common words.
_NO_FORMS = frozenset("uk eu at nl ca ee ei ec et ok ss bl bm sd ong ent sem sep ses fa fie private".split())
#: Short legal forms that are written as words are: "Ltd", "Oyj", "Plc".
_WRITTEN_AS_WORDS = frozenset(
    "inc ltd co cos plc llc llp oyj oy pte pvt pty sdn bhd aps kft zrt srl tbk asa".split()
)


def may_begin_legal_form(word: str) -> bool:
    """Tell whether a word is the first of any legal form: to compare with all of them is slow, and few are.

    >>> may_begin_legal_form("GmbH"), may_begin_legal_form("pumps")
    (True, False)
    """
    return _bare(word) in _first_words()


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form[0] for form in _legal_forms())


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    bare: str = strip_punct(normalized(word))
    return bare.strip("()")


@cache
def _legal_forms() -> frozenset[tuple[str, ...]]:
    known = {tuple(words) for _, words in prepare_default_terms() if " ".join(words) not in _NO_FORMS}
    return frozenset(known | {tuple(form.split()) for form in _MORE_FORMS.split(",")})
