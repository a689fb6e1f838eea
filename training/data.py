"""From annotated articles to examples: windows with tags, and pairs of mentions with labels."""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tokenizers import Tokenizer

from kg import read
from kg.evaluate.gold import Annotated, Fact, annotated
from kg.extract import Extractor
from kg.extract.learned.hints import hints
from kg.extract.learned.pairs import Mention, Pairs, allowed, pairs
from kg.extract.learned.schema import STATUSES, Schema
from kg.extract.learned.windows import Window, windows
from kg.extract.text.segment import Sentence
from kg.model import Document, Entity, Filler, Money, PartialDate, Quantity
from kg.vocabulary import Ontology

CORPUS = Path(__file__).parent / "corpus"
LONG = "l"  # the first file of the corpus whose articles are as long and loose as real ones
HELD = 10  # one article in so many is held out

_VALUES = frozenset(["MONEY", "PERCENT", "COUNT", "DATE", "SERIES"])

LABELS = Schema.load().labels
TAGS = Schema.load().tags


def articles(folder: Path = CORPUS) -> Iterator[tuple[Document, Annotated]]:
    """Yield the annotated articles of a folder."""
    for path in sorted(folder.glob("*.jsonl")):
        documents = {d.id: d for s in read.find([path]) for d in read.read(s) if isinstance(d, Document)}
        yield from ((documents[a.id], a) for a in annotated(path))


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser that takes annotated articles of one's own, for `own`."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "articles", type=Path, nargs="?", help="annotated articles, in any form that kg reads"
    )
    parser.add_argument("gold", type=Path, nargs="?", help="their annotations, as `kg evaluate` reads them")
    return parser


def own(path: Path, gold: Path) -> list[tuple[Document, Annotated]]:
    """Return articles of one's own with their annotations."""
    told = {a.id: a for a in annotated(gold)}
    found = (d for s in read.find([path]) for d in read.read(s) if isinstance(d, Document))
    return [(d, told[d.id]) for d in found if d.id in told]


def held(name: str) -> bool:
    """Tell whether an article is held out: by its name, so that it stays so when others are added."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % HELD == 0


@dataclass(slots=True)
class Known:
    """A mention with what the annotation says it is: an entity, a value, or the words of a title."""

    mention: Mention
    filler: Filler
    kind: str


@dataclass(slots=True)
class Example:
    """One window: a tag for each piece (-1 where there is none), its pairs, and for each pair its labels."""

    window: Window
    tags: list[int]
    pairs: Pairs
    positive: list[tuple[int, int]] = field(default_factory=list)
    ignored: list[tuple[int, int]] = field(default_factory=list)
    statuses: list[tuple[int, int]] = field(default_factory=list)


def examples(
    document: Document, article: Annotated, extractor: Extractor, ontology: Ontology, tokenizer: Tokenizer
) -> Iterator[Example]:
    """Yield the examples of an annotated article."""
    parsed = extractor.parsed(document)
    known = list(_names(document.text, article, parsed.sentences, ontology))
    taken = [k.mention for k in known]
    for number, row in enumerate(parsed.rows):
        for unit in row:
            if unit.tag in _VALUES or unit.tag == "TITLE":
                mention = Mention(unit.start, unit.end, number, unit.tag)
                if not any(mention.start < t.end and t.start < mention.end for t in taken):
                    known.append(
                        Known(mention, unit.text if unit.tag == "TITLE" else unit.value or "", unit.tag)
                    )
    known.sort(key=lambda k: k.mention.start)
    mentions = [k.mention for k in known]
    told = [_told(fact, known, document.text, parsed.sentences) for fact in article.facts]
    pairable = allowed(ontology, LABELS).any(-1)
    for window in windows(
        document, parsed.sentences, parsed.rows, hints(parsed, ontology, extractor.lexicon), tokenizer
    ):
        found = pairs(window, mentions, pairable)
        example = Example(window, _tags(window, known), found)
        _label(example, told, mentions)
        yield example


def _names(
    text: str, article: Annotated, sentences: Sequence[Sentence], ontology: Ontology
) -> Iterator[Known]:
    """Find every mention of the annotated names, the longest first, and of the titles near their facts."""
    forms = sorted(article.entities, key=lambda f: (-len(f), f))
    wanted: list[tuple[str, Filler, str]] = [
        (f, article.entities[f], article.entities[f].type) for f in forms if f.strip()
    ]
    taken: list[tuple[int, int]] = []

    def find(form: str, filler: Filler, kind: str, start: int, end: int, flags: int = 0) -> Iterator[Known]:
        for m in re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", flags).finditer(text, start, end):
            if any(m.start() < e and s < m.end() for s, e in taken):
                continue
            number = next((n for n, s in enumerate(sentences) if s.start <= m.start() < s.end), None)
            if number is not None:
                taken.append((m.start(), m.end()))
                family = "TITLE" if kind == "TITLE" else ontology.family(kind)
                yield Known(Mention(m.start(), m.end(), number, family), filler, kind)

    for form, filler, kind in wanted:
        yield from find(form, filler, kind, 0, len(text))
    titles = {(f.evidence, str(v)) for f in article.facts for r, v in f.roles if r == "title"}
    for evidence, title in sorted(titles, key=lambda t: (-len(t[1]), t)):
        at = text.find(evidence)
        yield from find(title, title, "TITLE", max(0, at), at + len(evidence), re.IGNORECASE)


def _tags(window: Window, known: Sequence[Known]) -> list[int]:
    tags = [0 if p.sentence >= 0 else -1 for p in window.pieces]
    for k in known:
        if k.kind in _VALUES:
            continue
        first = True
        for i, piece in enumerate(window.pieces):
            if piece.sentence >= 0 and k.mention.start <= piece.start < k.mention.end:
                tags[i] = TAGS.index(f"{'B' if first else 'I'}-{k.kind}")
                first = False
    return tags


@dataclass(slots=True)
class _Told:
    """A fact with the mentions of each role's fillers; `near` are those that its sentence is about."""

    fact: Fact
    sentence: int
    roles: list[tuple[str, list[int]]]


def _told(fact: Fact, known: Sequence[Known], text: str, sentences: Sequence[Sentence]) -> _Told:
    at = text.find(fact.evidence) if fact.evidence else -1
    sentence = next((n for n, s in enumerate(sentences) if s.end > at), 0) if at >= 0 else 0
    roles = [(role, [i for i, k in enumerate(known) if _same(filler, k)]) for role, filler in fact.roles]
    return _Told(fact, sentence, roles)


def _same(filler: Filler, known: Known) -> bool:
    found = known.filler
    if isinstance(filler, Entity):
        return isinstance(found, Entity) and found.name == filler.name
    if isinstance(filler, Money):
        values = [found, found.equivalent] if isinstance(found, Money) else []
        return any(v is not None and v.value == filler.value for v in values)
    if isinstance(filler, Quantity):
        return isinstance(found, Quantity) and found.value == filler.value
    if isinstance(filler, PartialDate):
        return isinstance(found, PartialDate) and found.iso.startswith(filler.iso[:7])
    if known.kind == "TITLE":
        return _plain(filler) == _plain(str(found)) or (_plain(filler) in _plain(str(found)))
    return known.kind == "SERIES" and _plain(filler) == _plain(str(found))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def _label(example: Example, told: Sequence[_Told], mentions: Sequence[Mention]) -> None:
    """Mark the pairs that state a fact, and set aside those that name the same things elsewhere."""
    pairs = zip(example.pairs.first.tolist(), example.pairs.second.tolist(), strict=True)
    index = {pair: n for n, pair in enumerate(pairs)}
    positive: set[tuple[int, int]] = set()
    ignored: set[tuple[int, int]] = set()
    statuses: dict[int, int] = {}
    for one in told:
        for number, label in enumerate(LABELS):
            if label.event != one.fact.event:
                continue
            for a, (role_a, firsts) in enumerate(one.roles):
                for b, (role_b, seconds) in enumerate(one.roles):
                    if a == b or role_a != label.first or role_b != label.second:
                        continue
                    both = [(i, j) for i in firsts for j in seconds if (i, j) in index]
                    if not both:
                        continue
                    best = min(both, key=lambda p: _distance(p, one.sentence, mentions))
                    near = {
                        (i, j)
                        for i, j in both
                        if mentions[i].sentence == mentions[j].sentence == one.sentence
                    }
                    chosen = near or (
                        {best} if one.sentence in {mentions[k].sentence for k in best} else set()
                    )
                    positive |= {(index[p], number) for p in chosen}
                    statuses |= {index[p]: STATUSES.index(one.fact.status) for p in chosen}
                    ignored |= {(index[p], number) for p in both if p not in chosen}
    example.positive = sorted(positive)
    example.ignored = sorted(ignored - positive)
    example.statuses = sorted(statuses.items())


def _distance(pair: tuple[int, int], sentence: int, mentions: Sequence[Mention]) -> tuple[int, int]:
    i, j = pair
    away = abs(mentions[i].sentence - sentence) + abs(mentions[j].sentence - sentence)
    return away, abs(mentions[i].start - mentions[j].start)
