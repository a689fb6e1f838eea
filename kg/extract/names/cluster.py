"""The names of a document: which runs are names, what each names, and which are one thing's.

A document is looked at as a whole: a name gets one type from all the evidence around all its mentions,
and shorter forms ("Alibaba" for "Alibaba Group", a surname for a person) join the full one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from kg.extract.names.candidates import Runs, Tagged, TokenSpan
from kg.extract.names.gazetteer import place
from kg.extract.names.votes import best_type, vote
from kg.iris import normalise, without_legal_form
from kg.model import Entity

__all__ = ["Names"]

_FEWEST = 4
_SURE = 0.5
_SURE_VOTES = 2
_WEIGHT = 3  # votes of one mention of which the tagger is sure


@lru_cache(maxsize=10_000)
def _key(text: str) -> str:
    return normalise(without_legal_form(text))


def _initials(words: list[str]) -> str:
    return "".join(w[0] for w in words if w not in {"of", "the", "and", "for", "&"})


@dataclass(slots=True)
class _Cluster:
    """A name while its evidence is collected."""

    forms: Counter[str] = field(default_factory=Counter)
    spans: list[TokenSpan] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    sure: bool = False
    first: TokenSpan = field(default_factory=lambda: TokenSpan(1 << 30, 0, 0))

    @property
    def best(self) -> str:
        """The fullest form, and of those the most frequent."""
        return max(self.forms, key=lambda f: (len(f.split()), len(f), self.forms[f], f))


def _overlap(one: TokenSpan, other: TokenSpan) -> bool:
    return one.first < other.last and other.first < one.last


def _fuller(run: TokenSpan, tagged: Sequence[TokenSpan]) -> bool:
    """Tell whether a run of capitals stands beside what the tagger found: it holds one tagged name, or none."""
    touched = [t for t in tagged if _overlap(run, t)]
    return not touched or (
        len(touched) == 1 and run.first <= touched[0].first and touched[0].last <= run.last
    )


class Names:
    """The names of one document: `at` gives the entity of each run of tokens.

    `sure` holds the entities whose type has evidence enough to refuse a role.
    """

    def __init__(self, runs: Runs, tagged: Sequence[Tagged] = ()) -> None:
        self.runs = runs
        self.tagged: dict[int, list[Tagged]] = defaultdict(list)
        for one in tagged:
            if one.type != "TITLE" and not self._mere_tail(one.span):
                self.tagged[one.span.sentence].append(one)
        clusters = self._collect()
        for cluster in clusters.values():
            cluster.votes = vote(runs, cluster.forms, cluster.spans)
            cluster.sure = max(cluster.votes.values(), default=0) >= _SURE_VOTES
            for one in self._tags(cluster):
                # A place that no gazetteer knows needs more than one mention that looks like one.
                odd = one.type in {"City", "Country", "Place"} and not place(runs.text(one.span))
                cluster.votes[one.type] += round((1 if odd else _WEIGHT) * one.probability)
        self.at: dict[TokenSpan, Entity] = {}
        self.sure: set[Entity] = set()
        self._merge(clusters)

    @cached_property
    def by_sentence(self) -> dict[int, dict[int, TokenSpan]]:
        """The runs that are names, by sentence and first token."""
        found: dict[int, dict[int, TokenSpan]] = defaultdict(dict)
        for span in sorted(self.at):
            found[span.sentence][span.first] = span
        return found

    def _mere_tail(self, span: TokenSpan) -> bool:
        """Tell a piece of a longer name, such as "(Group) Co."."""
        words = [t.text.lower().rstrip(".") for t in self.runs.tokens[span.sentence][span.first : span.last]]
        return all(w in self.runs.words.tails for w in words if w[:1].isalnum())

    def _tags(self, cluster: _Cluster) -> Iterator[Tagged]:
        """Yield what the learned tagger takes the mentions of a cluster for."""
        for span in cluster.spans:
            yield from (one for one in self.tagged[span.sentence] if _overlap(one.span, span))

    def _collect(self) -> dict[str, _Cluster]:
        found: dict[str, _Cluster] = defaultdict(_Cluster)
        middle: set[str] = set()
        spans = []
        sure: list[TokenSpan] = []
        for number, sentence in enumerate(self.runs.sentences):
            words = [t for t in self.runs.tokens[number] if t.text[0].isalpha() and len(t.text) > 3]
            capitals = sum(t.text[0].isupper() for t in words)
            headline = not sentence.prose and len(words) >= _FEWEST and capitals >= 0.7 * len(words)
            caption = not sentence.prose and len(self.runs.tokens[number]) < _FEWEST
            learned = [t.span for t in self.tagged[number] if t.probability >= _SURE]
            found_here = [] if headline or caption else list(self.runs.find(number))
            free = [s for s in found_here if _fuller(s, learned)]
            sure += [t for t in learned if not any(_overlap(s, t) for s in free)]
            for span in free:
                spans.append(span)
                if span.first > 0:
                    middle.add(self.runs.text(span))
                    middle.update(t.text for t in self.runs.tokens[number][span.first : span.last])
        openings = Counter(text.split()[0] for text in {self.runs.text(s) for s in spans})
        for span in spans:
            kept = self.runs.trimmed(span, middle, openings)
            if kept:
                self._add(found, kept)
        for span in sure:
            self._add(found, span)
        self._find_known(found)
        return found

    def _add(self, found: dict[str, _Cluster], span: TokenSpan) -> None:
        text = self.runs.text(span)
        cluster = found[_key(text)]
        cluster.forms[text] += 1
        cluster.spans.append(span)
        cluster.first = min(cluster.first, span)

    def _find_known(self, found: dict[str, _Cluster]) -> None:
        """Find known names where capitals tell nothing: in title-case headlines and captions."""
        done = {(s.sentence, i) for c in found.values() for s in c.spans for i in range(s.first, s.last)}
        forms = {form: key for key, c in found.items() for form in c.forms}
        for number, tokens in enumerate(self.runs.tokens):
            if self.runs.sentences[number].prose:
                continue
            i = 0
            while i < len(tokens):
                last = min(len(tokens), i + 6)
                for j in range(last, i, -1):
                    span = TokenSpan(number, i, j)
                    if self.runs.text(span) in forms and not any((number, k) in done for k in range(i, j)):
                        found[forms[self.runs.text(span)]].spans.append(span)
                        i = j - 1
                        break
                i += 1

    def _merge(self, clusters: dict[str, _Cluster]) -> None:
        """Join short forms to full ones, then give every run of tokens its entity."""
        for cluster in clusters.values():
            cluster.votes = Counter(dict(sorted(cluster.votes.items())))
        order = sorted(clusters.values(), key=lambda c: (-len(c.best.split()), c.first))
        kept: list[_Cluster] = []
        by_word: dict[str, list[_Cluster]] = defaultdict(list)
        for cluster in order:
            words = normalise(cluster.best).split()
            full = self._full(cluster, words, {id(c): c for w in words for c in by_word[w]}.values())
            if full:
                full.forms.update(cluster.forms)
                full.spans += cluster.spans
                full.first = min(full.first, cluster.first)
                full.votes.update({k: v for k, v in cluster.votes.items() if k != "Place"})
                full.sure |= cluster.sure
            else:
                kept.append(cluster)
                for word in {*words, _initials(words)}:
                    by_word[word].append(cluster)
        for cluster in sorted(kept, key=lambda c: c.first):
            name = cluster.best
            entity = Entity(best_type(cluster.votes), name, tuple(sorted(set(cluster.forms) - {name})))
            if cluster.sure:
                self.sure.add(entity)
            for span in cluster.spans:
                self.at[span] = entity

    def _full(self, short: _Cluster, words: list[str], near: Iterable[_Cluster]) -> _Cluster | None:
        """Return the name that a short form stands for, among those that share a word or their initials."""
        candidates = []
        for full in near:
            longer = normalise(full.best).split()
            if words != longer and self._is_short_form(words, longer, short, full):
                candidates.append(full)
        persons = [c for c in candidates if best_type(c.votes) == "Person"]
        pool = persons or candidates
        return min(pool, key=lambda c: c.first) if pool else None

    def _is_short_form(self, words: list[str], longer: list[str], short: _Cluster, full: _Cluster) -> bool:
        kind = best_type(full.votes)
        if kind == "Person":
            own = best_type(short.votes)
            return (
                len(words) == 1
                and (words[0] == longer[-1] or (words[0] == longer[0] and own != "City"))
                and own in {"Person", "Unknown", "Organization", "Company", "City"}
            )
        if kind in {"City", "Country", "Place"}:
            return False
        if len(words) < len(longer) and longer[: len(words)] == words:
            generic = all(w in self.runs.words.tails for w in longer[len(words) :])
            later = short.first > full.first and not self.runs.words.low_heads & set(longer[len(words) :])
            return generic or (
                later and best_type(short.votes) not in {"City", "Country", "Place", "Person", "Product"}
            )
        core = [w for w in longer if w not in self.runs.words.tails]
        while len(core) > 1 and place(core[0]):
            core = core[1:]
        if words == core and len(longer) > len(core):
            return best_type(short.votes) not in {"City", "Country", "Place", "Person"}
        return (
            len(words) == 1 and len(words[0]) > 2 and short.best.isupper() and words[0] == _initials(longer)
        )
