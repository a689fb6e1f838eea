"""Figures: measures with their amounts, counted things, targets, and tickers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.discourse.context import Context
from kg.extract.grammar.clauses import PAST, Phrase, VerbGroup
from kg.extract.grammar.units import Unit
from kg.model import Claim, Entity, Filler, PartialDate, Quantity, Status

__all__ = ["figures", "listings"]

_VALUES = frozenset(("MONEY", "PERCENT", "COUNT"))


def figures(context: Context, number: int) -> Iterator[Claim]:
    """Yield the metrics of a sentence: targets first, then measures, then counted things."""
    if context.quote_at(context.sentences[number].start + 1):
        return
    row = context.rows[number]
    done: set[int] = set()
    for claim, used in (
        *_targets(context, number),
        *_verb_measures(context, number),
        *_measures(context, number),
        *_counts(context, number),
    ):
        if not used & done and not context.quote_at(row[min(used)].start):
            done |= used
            yield claim


def _metric(
    context: Context,
    number: int,
    subject: Entity | None,
    measure: str,
    i: int,
    status: Status = "asserted",
    date: PartialDate | None = None,
) -> Iterator[tuple[Claim, set[int]]]:
    unit = context.rows[number][i]
    if subject is None or unit.value is None:
        return
    context.settle("subject", subject)
    roles: list[tuple[str, Filler]] = [("subject", subject), ("measure", measure), ("figure", unit.value)]
    date = date or _date(context.rows[number], i)
    if date:
        roles.append(("date", date))
    yield Claim("Metric", tuple(roles), context.evidence(number), status), {i}


def _date(row: list[Unit], i: int) -> PartialDate | None:
    """Return the date of a figure: the nearest in its clause."""
    dates = [j for j, u in enumerate(row) if u.tag == "DATE"]
    near = [j for j in dates if not any(u.tag == "VERB" for u in row[min(i, j) : max(i, j)])]
    value = row[min(near, key=lambda j: (abs(j - i), j))].value if near else None
    return value if isinstance(value, PartialDate) else None


def _targets(context: Context, number: int) -> Iterator[tuple[Claim, set[int]]]:
    """Read "X aims to grow its Y to A by 2020 and B by 2025": each figure with the date that follows it."""
    row, clauses = context.rows[number], context.clauses[number]
    planned = {w for w, status in context.lexicon.category("StatusWords").items() if status == "planned"}
    for group in clauses.verbs:
        words = context.lexicon.verbs.get(row[group.main].low, ())
        frame = next(
            (f for w in words for f in w.frames if f.event == "Metric" and f.only == "planned"), None
        )
        before = {row[k].lemma or row[k].low for k in range(max(0, group.first - 3), group.main)}
        if frame is None or not (before | set(group.helpers)) & planned:
            continue
        subject = _first(context, number, clauses.subject(group))
        end = next((k for k in range(group.last, len(row)) if clauses.tag(k) == "PUNCT"), len(row))
        values = [k for k in range(group.last, end) if clauses.tag(k) in _VALUES]
        object_end = next(
            (k for k in range(group.last, end) if row[k].low in {"to", "by"}), values[0] if values else end
        )
        words_of = [u.text for u in row[group.last : object_end] if u.tag not in {"POSSPRON", "DET"}]
        if not words_of:
            continue
        measure = f"{frame.measure}: {' '.join(words_of)}"
        for k, following in zip(values, [*values[1:], end], strict=False):
            value = next((row[d].value for d in range(k, following) if clauses.tag(d) == "DATE"), None)
            date = value if isinstance(value, PartialDate) else None
            if clauses.tag(k) == "MONEY" or date or k == values[0]:
                yield from _metric(context, number, subject, measure, k, "planned", date)


def _first(context: Context, number: int, phrases: list[Phrase]) -> Entity | None:
    return next((e for e in (context.entity(number, p) for p in phrases) if e), None)


def _verb_measures(context: Context, number: int) -> Iterator[tuple[Claim, set[int]]]:
    """Read verbs that measure by themselves: "valued at $1 billion", "raised $163 million to date"."""
    row, clauses = context.rows[number], context.clauses[number]
    for group in clauses.verbs:
        words = context.lexicon.verbs.get(row[group.main].low, ())
        lemmas = {w.lemma for w in words}
        stop = clauses.arguments(group.last).end
        text = " ".join(u.low for u in row[max(0, group.first - 6) : stop + 6])
        if lemmas & {"raise"} and any(
            t in text for t in ("to date", "in total", "total of", "total raised", "has now raised")
        ):
            for i in range(group.last, min(stop + 1, len(row))):
                if clauses.tag(i) == "MONEY":
                    yield from _metric(context, number, _subject(context, number, group), "total funding", i)
                    break
        frame = next(
            (f for w in words for f in w.frames if f.event == "Metric" and f.measure and not f.only), None
        )
        if frame:
            phrases = (
                clauses.subject(group)
                if group.passive or group.form in PAST
                else clauses.arguments(group.last).objects
            )
            objects = clauses.arguments(group.last).objects
            subject = _first(
                context, number, [p for p in objects if row[p.head].tag not in _VALUES] or phrases
            )
            at = next(
                (k for k in range(group.last, min(group.last + 8, len(row))) if clauses.tag(k) == "MONEY"),
                None,
            )
            if at is not None:
                yield from _metric(context, number, subject or context.topic.organization, frame.measure, at)


def _subject(context: Context, number: int, group: VerbGroup) -> Entity | None:
    return _first(context, number, context.clauses[number].subject(group))


def _measures(context: Context, number: int) -> Iterator[tuple[Claim, set[int]]]:
    """Read "revenue of $1 billion", "net income rose 15% to $2 billion", "$1 billion in revenue"."""
    row = context.rows[number]
    measures = context.lexicon.category("Measure")
    i = 0 if any(u.tag in {"MONEY", "PERCENT"} for u in row) else len(row)
    while i < len(row):
        size = next(
            (
                n
                for n in (3, 2, 1)
                if " ".join(u.low for u in row[i : i + n]) in measures and i + n <= len(row)
            ),
            0,
        )
        if not size or row[i].tag == "VERB":
            i += 1
            continue
        measure = " ".join(u.low for u in row[i : i + size])
        owner = _owner(context, number, i)
        for k in _near_values(row, i, i + size):
            if row[k].tag in {"MONEY", "PERCENT"}:
                name, status = _named(context, row, measure, i, k)
                yield from _metric(context, number, owner, name, k, status)
        i += size


def _named(context: Context, row: list[Unit], measure: str, i: int, k: int) -> tuple[str, Status]:
    """Name the measure of value k by the verb beside it, and tell whether it is expected: "sales fell 4%"."""
    near = {u.lemma or u.low for u in row[max(0, i - 6) : k]}
    planned = {w for w, s in context.lexicon.category("StatusWords").items() if s == "planned"}
    status: Status = "planned" if near & planned else "asserted"
    if row[k].tag != "PERCENT" or measure.endswith(("margin", "share", "rate")):
        return measure, status
    falls = near & context.lexicon.category("Fall").keys()
    return f"{measure} {'decrease' if falls else 'change'}", status


def _near_values(row: list[Unit], first: int, last: int) -> Iterator[int]:
    """Yield the values that a measure word governs: "$X in MEASURE" before it, or after it in its clause."""
    if first >= 2 and row[first - 1].low in {"in", "of"} and row[first - 2].tag in _VALUES:
        yield first - 2
        return
    if first >= 3 and row[first - 2].low in {"in", "of"} and row[first - 3].tag in _VALUES:
        yield first - 3
        return
    if first >= 1 and row[first - 1].tag == "MONEY":
        yield first - 1
        return
    for k in range(last, min(last + 9, len(row))):
        if row[k].tag in {"PUNCT", "REL", "SUB", "CC"} or (row[k].tag == "COMMA" and k > last + 4):
            return
        if row[k].tag in _VALUES:
            yield k


def _owner(context: Context, number: int, i: int) -> Entity | None:
    """Return whose measure it is: its possessor, the subject of its verb, or what the text is about."""
    row, clauses = context.rows[number], context.clauses[number]
    j = i - 1
    while clauses.tag(j) in {"ADJ", "NOUN", "COUNT", "DATE", "MONEY", "PERCENT"}:
        j -= 1
    if (owner := context.owner(number, j)) is not None:
        return owner
    if clauses.tag(j) == "NAME":
        return row[j].entity
    for prep, phrases in clauses.arguments(i + 1, nominal=True).preps[:1]:
        if prep in {"at", "of", "for"} and (stated := _first(context, number, phrases)):
            return stated
    group = next((g for g in reversed(clauses.verbs) if g.main < i), None)
    if group and (subject := _first(context, number, clauses.subject(group))) and subject.type != "Person":
        return subject
    named = any(u.entity and context.is_organization(u.entity) for u in row)
    return _speaking(context, number) if named else context.focus


def _speaking(context: Context, number: int) -> Entity | None:
    """Return the organization that is the subject of the sentence's first verb: "X said profit fell"."""
    clauses = context.clauses[number]
    subjects = (_first(context, number, clauses.subject(g)) for g in clauses.verbs[:1])
    return next((s for s in subjects if s and s.type != "Person"), None)


def _counts(context: Context, number: int) -> Iterator[tuple[Claim, set[int]]]:
    """Read "employs 230 people", "its 85 stores", "has more than 350 companies as customers"."""
    row, clauses = context.rows[number], context.clauses[number]
    counted = context.lexicon.category("Counted")
    having = context.lexicon.category("HasVerb")
    for i, unit in enumerate(row):
        if unit.tag != "COUNT" or not isinstance(unit.value, Quantity):
            continue
        head = next((k for k in range(i + 1, min(i + 4, len(row))) if row[k].low in counted), None)
        if head is None or any(
            clauses.tag(k) in {"COMMA", "PREP", "VERB", "PUNCT", "CC"} for k in range(i + 1, head)
        ):
            continue
        two = " ".join(u.low for u in row[i + 1 : head + 1])
        measure = "employees" if row[head].low in {"people", "workers", "staff"} else two
        group = next((g for g in reversed(clauses.verbs) if g.main < i and i - g.main < 9), None)
        owner = context.owner(number, i - 1)
        has = group and any(w.lemma in having for w in context.lexicon.verbs.get(row[group.main].low, ()))
        if owner is None and group and has:
            owner = _subject(context, number, group) or context.topic.organization
        if owner and owner.type != "Person":
            yield from _metric(context, number, owner, measure, i)


def listings(context: Context, number: int) -> Iterator[Claim]:
    """Yield a Listing for each ticker in parentheses after an organization's name."""
    row = context.rows[number]
    for i, unit in enumerate(row):
        if unit.tag != "TICKER" or i == 0:
            continue
        j = i - 1 - (row[i - 1].tag == "POSS")
        entity = row[j].entity
        code = str(unit.value)
        if entity is None or not context.accepts("organization", entity) or entity.type == "Person":
            continue
        initials = "".join(w[0] for w in entity.name.split())
        if not unit.extra and (
            code.lower() == initials.lower()
            or code in context.lexicon.category("NotName")
            or code in context.lexicon.category("Region")
        ):
            continue
        context.settle("organization", entity)
        roles: list[tuple[str, Filler]] = [("organization", entity), ("ticker", code)]
        if unit.extra:
            roles.append(("exchange", unit.extra))
        yield Claim("Listing", tuple(roles), context.evidence(number))
