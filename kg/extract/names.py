"""Which capitalised words are names, what each names, and which names are one thing's.

A document is looked at as a whole: a name gets one type from all the evidence around all its mentions,
and shorter forms ("Alibaba" for "Alibaba Group", a surname for a person) join the full one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from cleanco import basename

from kg.extract.gazetteer import given_names, places
from kg.extract.segment import Sentence, Token
from kg.iris import normalise
from kg.model import Entity
from kg.vocabulary import Lexicon
from kg.vocabulary.inflect import lemmas

__all__ = ["Names", "TokenSpan"]

_CLOSED = frozenset(
    "the a an this that these those it its he she they we you i my our your his her their who which what when where"
    " while although though because since if as at by for from in into of on onto to with without within after before"
    " and or but nor so yet not no now then there here also however meanwhile still even just only today yesterday"
    " about above across against along among around behind below beneath beside between beyond despite during except"
    " inside like near off out over past per through throughout toward towards under until up upon via both either"
    " each every all some any many much more most other another such several few first last next same one two three four"
    " five six seven eight nine ten how why whether unlike according earlier later recently once again perhaps maybe"
    " yes let's it's that's he's she's there's what's don't can't is are was were be been has have had do does did will would"
    " shares stocks sources".split()
)
_OF_HEADS = frozenset(
    "bank university ministry department institute house school bureau court council board college government office"
    " academy museum city state republic federation house center centre secretary governor world people".split()
)
_PARTICLES = frozenset("de von van der den bin al la le du da di del dos ter".split())
_EDGES = 4


@dataclass(frozen=True, slots=True, order=True)
class TokenSpan:
    """A run of tokens of one sentence: sentence number, first token, token past the last."""

    sentence: int
    first: int
    last: int


@dataclass(slots=True)
class _Cluster:
    """A name while its evidence is collected."""

    forms: Counter[str] = field(default_factory=Counter)
    spans: list[TokenSpan] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    first: TokenSpan = TokenSpan(1 << 30, 0, 0)

    @property
    def best(self) -> str:
        """The fullest form, and of those the most frequent."""
        return max(self.forms, key=lambda f: (len(f.split()), len(f), self.forms[f], f))


class Names:
    """The names of one document: `at` gives the entity of each run of tokens."""

    def __init__(self, lexicon: Lexicon, sentences: list[Sentence], tokens: list[list[Token]], free: list[list[bool]]):
        self.lexicon = lexicon
        self.sentences = sentences
        self.tokens = tokens
        self.free = free
        self._categories()
        clusters = self._collect()
        for cluster in clusters.values():
            self._vote(cluster)
        self.at: dict[TokenSpan, Entity] = {}
        self.sure: set[Entity] = set()
        self._merge(clusters)

    def _categories(self) -> None:
        category = self.lexicon.category
        self.not_names = category("NotName").keys() | {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
        self.titles = category("TitleHead").keys() | category("TitleModifier").keys()
        self.title_heads = category("TitleHead").keys()
        self.demonyms = category("Demonym").keys()
        self.heads = category("NameHead")
        self.tails = {w.lower() for w in category("NameTail")}
        self.regions = {w.lower(): c for w, c in category("Region").items()}
        self.descriptors = category("Descriptor")
        self.honorifics = category("Honorific").keys()

    @cached_property
    def by_sentence(self) -> dict[int, dict[int, TokenSpan]]:
        """The runs that are names, by sentence and first token."""
        found: dict[int, dict[int, TokenSpan]] = defaultdict(dict)
        for span in sorted(self.at):
            found[span.sentence][span.first] = span
        return found

    # Finding.

    def _collect(self) -> dict[str, _Cluster]:
        found: dict[str, _Cluster] = defaultdict(_Cluster)
        middle: set[str] = set()
        spans = []
        for number, sentence in enumerate(self.sentences):
            words = [t for t in self.tokens[number] if t.text[0].isalpha() and len(t.text) > 3]
            capitals = sum(t.text[0].isupper() for t in words)
            headline = not sentence.prose and len(words) >= _EDGES and capitals >= 0.7 * len(words)
            caption = not sentence.prose and len(self.tokens[number]) < _EDGES
            if headline or caption:
                continue
            for span in self._runs(number):
                spans.append(span)
                if span.first > 0:
                    middle.add(self._text(span))
                    middle.update(t.text for t in self.tokens[number][span.first : span.last])
        known = {self._text(s) for s in spans}
        for span in spans:
            kept = self._trimmed(span, middle, known)
            if kept:
                self._add(found, kept)
        self._find_known(found)
        return found

    def _add(self, found: dict[str, _Cluster], span: TokenSpan) -> None:
        text = self._text(span)
        cluster = found[normalise(basename(text) or text)]
        cluster.forms[text] += 1
        cluster.spans.append(span)
        cluster.first = min(cluster.first, span)

    def _find_known(self, found: dict[str, _Cluster]) -> None:
        """Find known names where capitals tell nothing: in title-case headlines and captions."""
        done = {(s.sentence, i) for c in found.values() for s in c.spans for i in range(s.first, s.last)}
        forms = {form: key for key, c in found.items() for form in c.forms}
        for number, tokens in enumerate(self.tokens):
            if self.sentences[number].prose:
                continue
            i = 0
            while i < len(tokens):
                last = min(len(tokens), i + 6)
                for j in range(last, i, -1):
                    span = TokenSpan(number, i, j)
                    if self._text(span) in forms and not any((number, k) in done for k in range(i, j)):
                        found[forms[self._text(span)]].spans.append(span)
                        i = j - 1
                        break
                i += 1

    def _text(self, span: TokenSpan) -> str:
        tokens = self.tokens[span.sentence][span.first : span.last]
        pieces = [tokens[0].text]
        for left, right in pairwise(tokens):
            pieces += [" " * (right.start > left.end), right.text]
        return "".join(pieces)

    def _runs(self, number: int) -> Iterator[TokenSpan]:
        """Yield runs of capitalised tokens, with the small words that may join them."""
        tokens, free = self.tokens[number], self.free[number]
        i = 0
        while i < len(tokens):
            national = tokens[i].text in self.demonyms and i + 1 < len(tokens) and tokens[i + 1].text in self.heads
            if not (free[i] and (national or self._capital(tokens[i].text))):
                i += 1
                continue
            j = i + 1
            while j < len(tokens) and (step := self._joins(tokens, free, i, j)):
                j += step
            yield from self._split_titles(TokenSpan(number, i, j))
            i = j

    def _joins(self, tokens: list[Token], free: list[bool], first: int, j: int) -> int:
        """Return how many tokens from j on belong to the run that began at `first`."""
        word = tokens[j].text
        if not free[j]:
            bare = word.isdigit() and len(word) <= 4
            return int(bare and tokens[j].start == tokens[j - 1].end + 1 and self._numbered(tokens, j))
        if self._capital(word):
            return 1
        following = tokens[j + 1].text if j + 1 < len(tokens) and free[j + 1] else ""
        if not self._capital(following):
            return 0
        acronym = word in self.not_names and word.lower() not in self.titles and word.isalnum() and len(word) > 1
        if word == "&" or word.lower() in _PARTICLES or word == "i" or acronym:
            return 2
        if word == "of" and tokens[j - 1].text.lower() in _OF_HEADS:
            return 2
        return 2 if word == "for" and tokens[first].text in {"Institute", "Center", "Centre", "Council"} else 0

    def _numbered(self, tokens: list[Token], j: int) -> bool:
        return not lemmas(tokens[j - 1].text.lower()) or tokens[j - 1].text in {"Model", "Galaxy", "Windows", "Mobility", "Area"}

    def _capital(self, word: str) -> bool:
        bare = re.sub(r"['’](?:d|ll|ve|s|re|m|t)$", "", word)
        if bare != word and bare.lower() in _CLOSED:
            return False
        if not word or word in self.not_names or word in self.demonyms:
            return False
        if not word[0].isalnum() or word[0].isdigit() and not re.search(r"[A-Za-z]{2}", word[1:]):
            return False
        return word[0].isupper() or bool(re.match(r"[a-z]{1,2}[A-Z]|\d+[A-Z]", word))

    def _split_titles(self, span: TokenSpan) -> Iterator[TokenSpan]:
        """Cut titles and honorifics out of a run: "Chief Executive Ann Lee", "Acme President Ann Lee"."""
        tokens = self.tokens[span.sentence]
        first = span.first
        for i in range(span.first, span.last):
            low = tokens[i].text.lower()
            opens = i == first and (low in self.titles or tokens[i].text in self.honorifics)
            if not (opens and self._heads_title(span, i)) and not (low in self.title_heads and first < i < span.last):
                continue
            if first < i and i + 1 == span.last and low not in self.title_heads:
                continue
            last = i
            while last > first and tokens[last - 1].text.lower() in self.titles and last - 1 > first:
                last -= 1
            if first < last:
                yield TokenSpan(span.sentence, first, last)
            first = i + 1
        if first < span.last:
            yield TokenSpan(span.sentence, first, span.last)

    def _heads_title(self, span: TokenSpan, i: int) -> bool:
        """Tell whether the title words from token i on come to a head: "Chief Executive", but not "General Motors"."""
        tokens = self.tokens[span.sentence]
        while i < span.last and tokens[i].text.lower() in self.titles:
            if tokens[i].text.lower() in self.title_heads:
                return True
            i += 1
        return span.first < len(tokens) and tokens[span.first].text in self.honorifics

    def _trimmed(self, span: TokenSpan, middle: set[str], known: set[str]) -> TokenSpan | None:
        """Decide about the first word of a sentence, whose capital says nothing."""
        tokens = self.tokens[span.sentence]
        first = span.first
        opening = first == 0 or tokens[first - 1].text in {"“", '"', "‘", ":", "•", "-", "–", "—", "*"}
        if not opening:
            return None if self._ordinary(span, middle) else span
        while first < span.last:
            word = tokens[first].text
            low = word.lower()
            if low in _CLOSED:
                first += 1
                continue
            rest = TokenSpan(span.sentence, first + 1, span.last)
            longer = first + 1 < span.last
            if longer and low in self.titles | self.descriptors.keys():
                first += 1
                continue
            if longer and self._text(TokenSpan(span.sentence, first, span.last)) not in middle:
                tags = set(lemmas(low))
                if word not in middle and tags and not tags & {"NOUN", "PROPN"} or self._text(rest) in middle and tags and word not in middle:
                    first += 1
                    continue
            if not longer and word not in middle and word.isalpha() and (word.istitle() or len(word) < 2):
                plain = lemmas(low)
                whole = word in known and sum(1 for k in known if k.split()[0] == word) > 1
                if plain and not whole:
                    return None
            break
        return TokenSpan(span.sentence, first, span.last) if first < span.last else None

    def _ordinary(self, span: TokenSpan, middle: set[str]) -> bool:
        text = self._text(span)
        return len(text) < 2 or text.lower() in _CLOSED

    # Typing.

    def _vote(self, cluster: _Cluster) -> None:
        for form in cluster.forms:
            self._vote_form(cluster.votes, form.split(), form)
        for span in cluster.spans:
            self._vote_context(cluster.votes, span)

    def _vote_form(self, votes: Counter[str], words: list[str], form: str) -> None:
        head = self.heads.get(words[-1]) or (self.heads.get(words[0]) if "of" in words else None)
        if head and len(words) > 1:
            votes[head] += 1 if head == "Place" else 4
        if basename(form) != form:
            votes["Company"] += 4
        place = self.regions.get(form.lower())
        known = (place, True) if place else places().get(form.lower())
        if known:
            votes[known[0]] += 4 if known[1] else 1
        if words[0] in given_names() and 2 <= len(words) <= _EDGES and not head and all(w[0].isupper() for w in words if w not in _PARTICLES):
            votes["Person"] += 3
        elif len(words) == 3 and len(words[1].rstrip(".")) == 1:
            votes["Person"] += 3
        if re.search(r"[a-z][A-Z]|\.(?:com|io|ai|co|net|org)$|[a-z]\d|&", form) and not re.match(r"(?:Mc|Mac|O'|De|Le|La)[A-Z]", form):
            votes["Company"] += 2

    def _vote_context(self, votes: Counter[str], span: TokenSpan) -> None:
        tokens = self.tokens[span.sentence]
        before = [t.text for t in tokens[max(0, span.first - 3) : span.first]]
        after = [t.text for t in tokens[span.last : span.last + 5]]
        low_before = [w.lower() for w in before]
        low_after = [w.lower() for w in after]
        previous = low_before[-1] if before else ""
        following = low_after[0] if after else ""
        if before and before[-1] in self.honorifics:
            votes["Person"] += 5
        if previous in self.title_heads or previous in self.titles and low_before[-1:] != ["group"] and before[-1][0].isupper():
            votes["Person"] += 3 if previous in self.title_heads and previous != "partner" else 1
        described = self.descriptors.get(previous) or self.descriptors.get(previous.removesuffix("s"))
        if described:
            votes[described] += 2 if described != "Person" else 1
        if following == "," and self._titled(low_after[1:]):
            votes["Person"] += 3
        elif following == "," and (kind := self._apposition(span)):
            votes[kind] += 3
        gazetteer = places().get(self._text(span).lower())
        if gazetteer and self.descriptors.get(following) in {"Company", "Investor"}:
            votes[gazetteer[0]] += 2
        if following == "-based" or (previous in {"in", "near"} and following != "'s"):
            votes["Place"] += 2
        if following in {"'s", "’s"} and low_after[1:2] and low_after[1] in {"ceo", "chief", "shares", "revenue", "stock", "board", "founder", "co-founder", "investors", "parent"}:
            votes["Company"] += 2
        if following.startswith("-") and following not in {"-based", "-"}:
            votes["Company"] += 1
        if self.descriptors.get(following) == "Product":
            votes["Product"] += 2
        if not self._free_after(span) and after and after[0] == "(" and re.fullmatch(r"[A-Z.]{1,6}|NYSE|NASDAQ", after[1] if len(after) > 1 else ""):
            votes["Company"] += 3
        if following in {"said", "says", "told", "added", "adds", "explained", "tells", "wrote", "noted"}:
            votes["Person"] += 1
        elif following in {"has", "is", "was", "will", "plans", "raised", "raises", "acquired", "acquires", "announced", "launched", "offers", "makes", "operates", "employs", "reported", "expects", "owns", "bought", "nabs"}:
            votes["Organization"] += 1

    def _free_after(self, span: TokenSpan) -> bool:
        free = self.free[span.sentence]
        return span.last >= len(free) or free[span.last]

    def _titled(self, words: list[str]) -> bool:
        return any(w in self.title_heads for w in words[:4]) and not set(words[:2]) & {"which", "whose"}

    def _apposition(self, span: TokenSpan) -> str:
        """Read ", a Boston-based startup that ..." after a name: what it says the name is."""
        tokens = self.tokens[span.sentence][span.last + 1 : span.last + 10]
        if not tokens or tokens[0].text.lower() not in {"a", "an", "the", "one", "its"}:
            return ""
        for token in tokens[1:]:
            word = token.text.lower()
            if word in {",", ".", "that", "which", "who", "of", "for", "in", "with"}:
                return ""
            kind = self.descriptors.get(word)
            if kind:
                return kind
        return ""

    # Merging.

    def _merge(self, clusters: dict[str, _Cluster]) -> None:
        """Join short forms to full ones, then give every run of tokens its entity."""
        for cluster in clusters.values():
            cluster.votes = Counter(dict(sorted(cluster.votes.items())))
        order = sorted(clusters.values(), key=lambda c: (-len(c.best.split()), c.first))
        kept: list[_Cluster] = []
        for cluster in order:
            full = self._full(cluster, kept)
            if full:
                full.forms.update(cluster.forms)
                full.spans += cluster.spans
                full.first = min(full.first, cluster.first)
                full.votes.update({k: v for k, v in cluster.votes.items() if k != "Place"})
            else:
                kept.append(cluster)
        for cluster in sorted(kept, key=lambda c: c.first):
            name = cluster.best
            entity = Entity(self._type(cluster), name, tuple(sorted(set(cluster.forms) - {name})))
            if cluster.votes and max(cluster.votes.values()) >= 2:
                self.sure.add(entity)
            for span in cluster.spans:
                self.at[span] = entity

    def _full(self, short: _Cluster, kept: Iterable[_Cluster]) -> _Cluster | None:
        words = normalise(short.best).split()
        candidates = []
        for full in kept:
            longer = normalise(full.best).split()
            if words != longer and self._is_short_form(words, longer, short, full):
                candidates.append(full)
        persons = [c for c in candidates if self._type(c) == "Person"]
        pool = persons or candidates
        return min(pool, key=lambda c: c.first) if pool else None

    def _is_short_form(self, words: list[str], longer: list[str], short: _Cluster, full: _Cluster) -> bool:
        kind = self._type(full)
        if kind == "Person":
            own = self._type(short)
            return len(words) == 1 and words[0] in {longer[-1], longer[0]} and own in {"Person", "Unknown", "Organization", "Company", "City"}
        if kind in {"City", "Country", "Place"}:
            return False
        if len(words) < len(longer) and longer[: len(words)] == words:
            return all(w in self.tails for w in longer[len(words) :])
        core = [w for w in longer if w not in self.tails]
        while len(core) > 1 and core[0] in places():
            core = core[1:]
        if words == core and len(longer) > len(core):
            return self._type(short) not in {"City", "Country", "Place", "Person"}
        initials = "".join(w[0] for w in longer if w not in {"of", "the", "and", "for", "&"})
        return len(words) == 1 and len(words[0]) > 2 and short.best.isupper() and words[0] == initials

    def _type(self, cluster: _Cluster) -> str:
        """Take the type with most votes; places, companies and investors count for their families."""
        if not cluster.votes:
            return "Unknown"
        families = {"Company": "O", "Investor": "O", "Organization": "O", "Government": "O", "University": "O",
                    "City": "L", "Country": "L", "Place": "L"}  # fmt: skip
        totals: Counter[str] = Counter()
        for kind, votes in cluster.votes.items():
            totals[families.get(kind, kind)] += votes
        family = max(totals, key=lambda f: (totals[f], f))
        if family == "L" and totals[family] < 2:
            return "Unknown"
        inside = {k: v for k, v in cluster.votes.items() if families.get(k, k) == family}
        rank = ["Country", "City", "Investor", "University", "Government", "Company", "Organization", "Place"]
        return max(inside, key=lambda k: (inside[k], -rank.index(k) if k in rank else 0))
