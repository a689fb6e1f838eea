"""Whether what a sentence tells has happened: one engine for verbs, nouns and posts."""

from __future__ import annotations

import pytest

from kg.model import Document, Entity, Event
from kg.pipeline import extract

#: Sentences about a deal, by the statuses that it may have; what is untold is not told as done or planned.
DEALS = {
    "denied|former": [
        "Kestrelis' planned $2 billion takeover of Brightmere has fallen apart.",
        "The proposed acquisition of Brightmere by Kestrelis was called off on Monday.",
        "Kestrelis called off its purchase of Brightmere.",
        "Kestrelis abandoned its $2 billion bid for Brightmere.",
        "Kestrelis walked away from its takeover of Brightmere.",
        "Kestrelis has dropped its plan to buy Brightmere.",
        "Kestrelis' bid to acquire Brightmere failed.",
        "Kestrelis almost bought Brightmere in 2019.",
        "Kestrelis nearly acquired Brightmere.",
        "A deal for Kestrelis to acquire Brightmere was terminated.",
        "Kestrelis scrapped a deal to buy Brightmere.",
        "Kestrelis said it had not bought Brightmere.",
        "Kestrelis never acquired Brightmere.",
        "Kestrelis denied that it had bought Brightmere.",
        "Kestrelis denied that it was in talks to buy Brightmere.",
        "Talks over the sale of Brightmere to Kestrelis collapsed.",
        "Brightmere rejected a $3 billion offer from Kestrelis.",
        "Brightmere spurned Kestrelis' takeover bid.",
        "It is untrue that Kestrelis acquired Brightmere.",
        "Rumours that Kestrelis had acquired Brightmere were false.",
        "Kestrelis withdrew from a deal to buy Brightmere.",
    ],
    "untold": [
        "Will Kestrelis buy Brightmere?",
        "Should Kestrelis acquire Brightmere?",
        "Could Kestrelis acquire Brightmere?",
        "Has Kestrelis bought Brightmere?",
        "Kestrelis should acquire Brightmere, one analyst wrote.",
        "Had Kestrelis acquired Brightmere, it would be the largest maker of pumps.",
        "If Kestrelis buys Brightmere, prices will rise.",
        "Were Kestrelis to buy Brightmere, prices would rise.",
        "Kestrelis ought to buy Brightmere.",
        "What if Kestrelis bought Brightmere?",
    ],
    "rumoured": [
        "Kestrelis is said to be buying Brightmere.",
        "Kestrelis reported to buy Brightmere.",
        "Kestrelis is rumoured to have bought Brightmere.",
        "Kestrelis is believed to be close to buying Brightmere.",
        "Kestrelis is close to acquiring Brightmere.",
        "Kestrelis is nearing a deal to buy Brightmere.",
        "Kestrelis made a $3 billion offer for Brightmere.",
        "Kestrelis considers buying Brightmere.",
    ],
    "planned": [
        "Kestrelis is set to acquire Brightmere.",
        "Kestrelis expects to complete the acquisition of Brightmere in May.",
        "The acquisition of Brightmere by Kestrelis is expected to close in May.",
        "Kestrelis has agreed terms to acquire Brightmere.",
        "Kestrelis entered into a definitive agreement to acquire Brightmere.",
        "Kestrelis signed a deal to buy Brightmere for $30 million.",
    ],
    "asserted": [
        "Kestrelis closed its acquisition of Brightmere.",
        "Kestrelis' acquisition of Brightmere closed on Friday.",
        "Kestrelis did buy Brightmere.",
        "Brightmere has been bought by Kestrelis.",
        "Kestrelis went on to acquire Brightmere.",
        "Kestrelis announced that it has acquired Brightmere.",
        "Kestrelis managed to buy Brightmere.",
        "Kestrelis finalised its takeover of Brightmere.",
        "Kestrelis snapped up Brightmere for $4 million.",
    ],
}

#: Sentences about a post, by the statuses that it may have.
POSTS = {
    "asserted": [
        "Maria Lopez will step down as chief executive of Kestrelis.",
        "Maria Lopez plans to resign as chief executive of Kestrelis.",
        "Maria Lopez did not resign as chief executive of Kestrelis.",
        "Maria Lopez takes over as chief executive of Kestrelis.",
        "Maria Lopez became chief executive of Kestrelis in 2019.",
        "Kestrelis named Maria Lopez chief executive.",
        "Kestrelis appointed Maria Lopez as its chief executive.",
        "Maria Lopez was named chief executive of Kestrelis.",
        "Maria Lopez has been promoted to chief executive of Kestrelis.",
        "Maria Lopez joined Kestrelis as chief executive in May.",
        "Maria Lopez serves as chief executive of Kestrelis.",
        "Maria Lopez steps into the role of chief executive of Kestrelis.",
        "Maria Lopez was elected chairwoman of Kestrelis.",
    ],
    "former": [
        "Maria Lopez was forced out as chief executive of Kestrelis.",
        "Maria Lopez bowed out as chief executive of Kestrelis.",
        "Kestrelis chief executive Maria Lopez resigned on Monday.",
        "Maria Lopez, the former chief executive of Kestrelis, is well.",
        "Maria Lopez, who stepped down as chief executive of Kestrelis, is well.",
        "Maria Lopez, formerly chief executive of Kestrelis, founded Brightmere.",
        "Kestrelis fired chief executive Maria Lopez.",
        "Maria Lopez was ousted as chief executive of Kestrelis.",
        "Maria Lopez, who used to be chief executive of Kestrelis, is well.",
        "Maria Lopez left Kestrelis, where she was chief executive.",
        "Maria Lopez has resigned from her post as chief executive of Kestrelis.",
        "Maria Lopez retired as chief executive of Kestrelis in 2020.",
        "Maria Lopez, chief executive of Kestrelis until 2020, is well.",
        "Maria Lopez served as chief executive of Kestrelis from 2010 to 2015.",
    ],
    "planned": [
        "Maria Lopez will become chief executive of Kestrelis in May.",
        "Maria Lopez will take over as chief executive of Kestrelis.",
        "Kestrelis plans to appoint Maria Lopez as chief executive.",
    ],
    "asserted|former": [
        "Kestrelis chief executive Maria Lopez is stepping down.",
    ],
    "rumoured": [
        "Maria Lopez may become chief executive of Kestrelis.",
    ],
}

SALES = [
    "Kestrelis sold Brightmere to Lumora Partners for $40 million.",
    "Kestrelis has sold its pump unit Brightmere to Lumora Partners.",
    "Kestrelis' $40 million sale of Brightmere to Lumora Partners was completed in May.",
    "The sale of Brightmere by Kestrelis to Lumora Partners closed.",
    "Lumora Partners bought Brightmere from Kestrelis for $40 million.",
    "Lumora Partners acquired Brightmere from its owner Kestrelis.",
    "Brightmere was sold by Kestrelis to Lumora Partners.",
    "Brightmere was bought from Kestrelis by Lumora Partners.",
    "Kestrelis offloaded Brightmere to Lumora Partners.",
    "Kestrelis, which bought Brightmere in 2015, sold it to Lumora Partners last year.",
]


def told(text: str, kind: str) -> list[Event]:
    """Return the events of a class that a text tells."""
    document = Document("a", text, ((0, len(text)),), published="2024-03-05")
    return [event for event in extract(document).events if event.type == kind]


def named(event: Event, role: str) -> list[str]:
    """Return the names in a role."""
    return [f.name for f in event.fillers(role) if isinstance(f, Entity)]


@pytest.mark.parametrize(
    ("text", "allowed"), [(text, allowed) for allowed, texts in DEALS.items() for text in texts]
)
def test_a_deal_is_told_as_far_as_it_got(text: str, allowed: str) -> None:
    """What is off, asked, supposed, reported or planned is not told as done, nor the parties turned round."""
    deals = told(text, "Acquisition")
    statuses = {deal.status for deal in deals}
    if allowed == "untold":
        assert not statuses & {"asserted", "planned"}
    else:
        assert statuses
        assert statuses <= set(allowed.split("|"))
    assert all(named(deal, "acquirer") == ["Kestrelis"] for deal in deals)
    assert all(named(deal, "acquiree") == ["Brightmere"] for deal in deals)


@pytest.mark.parametrize(
    ("text", "allowed"), [(text, allowed) for allowed, texts in POSTS.items() for text in texts]
)
def test_a_post_is_held_until_it_is_left(text: str, allowed: str) -> None:
    """Who will leave still has the post, who left has not, and who was named comes to it."""
    statuses = {
        post.status
        for post in told(text, "Position")
        if (named(post, "person"), named(post, "organization")) == (["Maria Lopez"], ["Kestrelis"])
    }
    assert statuses
    assert statuses <= set(allowed.split("|"))


@pytest.mark.parametrize("text", SALES)
def test_who_sells_does_not_buy(text: str) -> None:
    """The buyer is who the thing goes to, the seller is named as such, and nobody buys the seller."""
    deals = [d for d in told(text, "Acquisition") if named(d, "acquirer") == ["Lumora Partners"]]
    assert [named(deal, "acquiree") for deal in deals] == [["Brightmere"]]
    bought = {name for deal in told(text, "Acquisition") for name in named(deal, "acquiree")}
    assert bought == {"Brightmere"}
