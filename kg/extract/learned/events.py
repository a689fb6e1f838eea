"""From scored pairs to claims: one reading for each value, functional roles, pairs joined into events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.grammar.parse import Parsed
from kg.extract.learned.reader import Scored
from kg.extract.learned.schema import Label
from kg.model import Claim, Filler, Quantity
from kg.vocabulary import Lexicon, Ontology

__all__ = ["Labels", "claims", "decode", "role_pairs"]

# Units before and after a figure among which the word for what it measures stands; after it, the noun it counts.
_MEASURE_BEFORE, _MEASURE_AFTER, _COUNTED_AFTER = 9, 7, 5
_CHANGED_BEFORE = 6  # units before a share among which its verb stands
_LONGEST_MEASURE = 3  # words: "assets under management"


@dataclass(frozen=True)
class Labels:
    """What labels mean by the traits of the ontology.

    `starts` are the pairs that make an event by themselves, for they fill the roles that it cannot do without;
    `adds` add a role to an event that shares their mention. A `value` says one thing, `once` fills a role once, and
    `directed` pairs do not hold both ways.
    """

    starts: frozenset[Label]
    adds: frozenset[Label]
    value: frozenset[Label]
    once: frozenset[Label]
    directed: frozenset[Label]

    @classmethod
    def of(cls, labels: Iterable[Label], ontology: Ontology) -> Labels:
        """Judge labels by the required roles, ranges and traits of their events."""
        known = [label for label in labels if label.event in ontology.keys]
        starts = frozenset(label for label in known if _covers(label, ontology))

        def adds(label: Label) -> bool:
            """Tell what adds a role: where a person has one such event, only what is said of the person."""
            once = ontology.once.get(label.event, ())
            return label not in starts and (not once or bool({label.first, label.second} & set(once)))

        numbers = {"money", "percent", "count"}
        once = (
            label
            for label in known
            if label.second in ontology.functional.intersection(ontology.once.get(label.event, ()))
            or ontology.reads(label.second) == {"title"}
        )
        return cls(
            starts,
            frozenset(filter(adds, known)),
            frozenset(
                label
                for label in known
                if ontology.reads(label.second) & numbers and not ontology.reads(label.first)
            ),
            frozenset(once),
            frozenset(label for label in known if label.event in ontology.directed),
        )


def _covers(label: Label, ontology: Ontology) -> bool:
    """Tell whether a pair fills every role that its event requires."""
    missing = Counter(ontology.required.get(label.event, ())) - Counter((label.first, label.second))
    return not missing


def decode(scored: Iterable[Scored], labels: Labels) -> list[Scored]:
    """Keep what can hold together: the best of what excludes each other."""
    best: dict[tuple[Label, int, int], Scored] = {}
    for s in scored:
        key = (s.label, s.mentions[0].start, s.mentions[1].start)
        if key not in best or best[key].probability < s.probability:
            best[key] = s
    kept = list(best.values())
    kept = _strongest(kept, lambda s: s.mentions[1].start if s.label in labels.value else None)
    kept = _strongest(kept, lambda s: (s.label, s.second) if s.label in labels.once else None)
    kept = _strongest(
        kept, lambda s: (s.label, frozenset([s.first, s.second])) if s.label in labels.directed else None
    )
    return sorted(kept, key=lambda s: (s.mentions[1].start, s.mentions[0].start, s.label))


def _strongest(scored: Sequence[Scored], group: Callable[[Scored], object]) -> list[Scored]:
    """Keep in each group what agrees with its most probable member; None is no group."""
    best: dict[object, Scored] = {}
    for s in scored:
        key = group(s)
        if key is not None and (key not in best or best[key].probability < s.probability):
            best[key] = s

    def agrees(s: Scored) -> bool:
        key = group(s)
        if key is None:
            return True
        one = best[key]
        return (s.label, s.first, s.second) == (one.label, one.first, one.second)

    return [s for s in scored if agrees(s)]


def claims(
    parsed: Parsed,
    scored: Sequence[tuple[Scored, float]],
    known: Container[tuple[Label, Filler, Filler]],
    labels: Labels,
    vocabulary: tuple[Ontology, Lexicon],
) -> Iterator[Claim]:
    """Yield a claim for each event that the pairs tell, with its confidence; `known` pairs start none."""
    ontology, lexicon = vocabulary
    adding = [(s, p) for s, p in sorted(scored, key=lambda item: -item[1]) if s.label in labels.adds]
    # What a frame has put into one event is no part of another.
    free = [(s, p) for s, p in adding if (s.label, s.first, s.second) not in known]
    for s, confidence in scored:
        if s.label not in labels.starts:
            continue
        event, one, other = s.label
        told = [
            (one, s.first, confidence),
            (other, s.second, confidence),
            *_further(s, adding if (s.label, s.first, s.second) in known else free, ontology),
        ]
        roles = tuple((role, filler) for role, filler, _ in told)
        # A frame that has the post has its title too, and one that has the figure what it measures.
        titled = any(ontology.reads(role) == {"title"} for role, _ in roles)
        more = len(told) > len((one, other))
        measure = ontology.role(event, "measure")
        if (s.label, s.first, s.second) in known and (titled or measure or not more):
            continue
        if measure:
            what, figure = _measured(parsed, s, lexicon)
            roles = (roles[0], (other, figure), *roles[2:], (measure, what))
        number = max(m.sentence for m in s.mentions)
        sure = tuple(p for _, _, p in told) + (confidence,) * (len(roles) - len(told))
        evidence = parsed.evidence(number)
        yield Claim(event, roles, evidence, s.status, presumed=True, confidence=confidence, certainties=sure)


def _further(
    s: Scored, adding: Sequence[tuple[Scored, float]], ontology: Ontology
) -> Iterator[tuple[str, Filler, float]]:
    """Yield the roles that pairs sharing a mention in its role add to an event, each role once."""
    event, one, other = s.label
    done = {one, other}
    # Who leads is an investor too.
    places = {
        (one, s.mentions[0].start),
        *((above, s.mentions[1].start) for above in ontology.ancestors(other)),
    }
    for t, confidence in adding:
        first, second = (t.label.first, t.mentions[0].start), (t.label.second, t.mentions[1].start)
        for here, far, filler in ((first, t.label.second, t.second), (second, t.label.first, t.first)):
            if t.label.event == event and here in places and far not in done:
                done.add(far)
                yield far, filler, confidence


def _measured(parsed: Parsed, s: Scored, lexicon: Lexicon) -> tuple[str, Filler]:
    """Name what a figure says of what it is near: "sales fell 4%" tells of their change, which is less than nothing."""
    measure, figure = _measure(parsed, s, lexicon), s.second
    words = lexicon.language.words
    before = [u for u in parsed.rows[s.mentions[1].sentence] if u.end <= s.mentions[1].start][
        -_CHANGED_BEFORE:
    ]
    share = s.mentions[1].type == "PERCENT" and measure.rsplit(maxsplit=1)[-1] not in words("figures.shares")
    reached = before[-1:] and before[-1].low in words("grammar.to") | words("figures.of")
    if not share or reached:
        return measure, figure
    falls = words("figures.falls") & {word for u in before for word in (u.low, u.lemma)}
    if falls and isinstance(figure, Quantity):
        figure = replace(figure, value=-abs(figure.value))
    return f"{measure} change", figure


def _measure(parsed: Parsed, s: Scored, lexicon: Lexicon) -> str:
    """Name what a figure counts: the measure word nearest to it, or the noun after it."""
    mention = s.mentions[1]
    row = parsed.rows[mention.sentence]
    i = next((k for k, u in enumerate(row) if u.start == mention.start), 0)
    measures = lexicon.category("Measure")
    window = range(max(0, i - _MEASURE_BEFORE), min(len(row), i + _MEASURE_AFTER))
    for k in sorted(window, key=lambda k: (abs(k - i), k)):
        for size in range(_LONGEST_MEASURE, 0, -1):
            words = " ".join(u.low for u in row[k : k + size])
            if words in measures:
                return words
    for k in range(i + 1, min(len(row), i + _COUNTED_AFTER)):
        if row[k].tag == "NOUN":
            return row[k].low
    return "value"


def role_pairs(claim: Claim, labels: Iterable[Label]) -> Iterator[tuple[Label, Filler, Filler]]:
    """Yield what a claim says as labelled pairs of its fillers."""
    of = [label for label in labels if label.event == claim.event]
    for number, (one, first) in enumerate(claim.roles):
        for other, second in claim.roles[number + 1 :]:
            for label in of:
                if label[1:] == (one, other):
                    yield label, first, second
                elif label[1:] == (other, one):
                    yield label, second, first
