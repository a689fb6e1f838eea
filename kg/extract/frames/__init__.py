"""What the lexicon's frames read in a sentence: drafts from verbs, nouns and modifiers, joined to claims."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.discourse.coreference import Discourse
from kg.extract.frames.draft import Reading
from kg.extract.frames.figures import figures
from kg.extract.frames.join import joined
from kg.extract.frames.listings import listings
from kg.extract.frames.makers import made
from kg.extract.frames.modifiers import modifiers
from kg.extract.frames.nouns import nouns
from kg.extract.frames.posts import Post, posts
from kg.extract.frames.quotations import quoted
from kg.extract.frames.verbs import verbs
from kg.model import Claim, PartialDate

__all__ = ["Told", "held", "told"]


def held(discourse: Discourse) -> tuple[Post, ...]:
    """Return the posts that a document tells of; quotations need them to know whose organization "we" is."""
    numbers = range(len(discourse.parsed.sentences))
    return tuple(post for number in numbers for post in posts(Reading(discourse, number)))


@dataclass(frozen=True, slots=True)
class Told:
    """What the frames claim.

    `guessed` are claims about whom the text is about, where a clause names none; `untold` those that a sentence only
    asks about or supposes.
    """

    claims: tuple[Claim, ...]
    guessed: tuple[Claim, ...] = ()
    untold: tuple[Claim, ...] = ()


def told(discourse: Discourse, posts: tuple[Post, ...]) -> Told:
    """Return what the frames tell of a document: its posts, then sentence by sentence, then the quotations."""
    claims = [post.claim for post in posts if post.stated]
    known = [(post.claim.evidence, post.claim.event, set(post.claim.roles)) for post in posts]
    guessed = [post.claim for post in posts if not post.stated]
    untold: list[Claim] = []
    for number in range(len(discourse.parsed.sentences)):
        reading = Reading(discourse, number)
        claims += listings(reading)
        for claim, is_told in joined(reading, [*verbs(reading), *nouns(reading), *modifiers(reading)]):
            # The reader of posts knows better whether somebody still has the title.
            said = {(r, f) for r, f in claim.roles if not isinstance(f, PartialDate)}
            if not any((e, k) == (claim.evidence, claim.event) and said <= has for e, k, has in known):
                (claims if is_told else untold).append(claim)
        claims += made(reading)
        for claim, stated in figures(reading):
            (claims if stated else guessed).append(claim)
    claims += quoted(discourse)
    return Told(tuple(claims), tuple(guessed), tuple(untold))
