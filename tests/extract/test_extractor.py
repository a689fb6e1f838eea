"""What extraction promises for any text, and how it reads the common constructions."""

from __future__ import annotations

import random

import pytest
from growth import grows_linearly
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Document, Entity, Event
from kg.pipeline import extract

VOCABULARY = (
    "Acme Veloquent Inc. Group Maria Lopez CEO of the a , . \" “ ” ' ( ) raised $5 million in Series A led by who"
    " and acquired its for will not said Lagos -based 2019 July Series's – ’s which plans to \n".split(" ")
)
WORDS = st.sampled_from(VOCABULARY)


def told(text: str, published: str = "") -> list[Event]:
    return list(extract(Document("a", text, ((0, len(text)),), published=published)).events)


def flat(event: Event) -> dict[str, object]:
    """Write an event as role -> text, or the set of texts where there are several."""
    roles: dict[str, object] = {}
    for role in dict.fromkeys(s.role for s in event.statements[1:]):
        texts = {f.name if isinstance(f, Entity) else str(f) for f in event.fillers(role)}
        roles[role] = texts.pop() if len(texts) == 1 else texts
    return roles


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_no_text_breaks_extraction_and_evidence_is_always_in_it(text: str) -> None:
    """Any text gives an article, twice the same, with evidence cut from it."""
    document = Document("a", text, ((0, len(text)),), published="2020-05-05")
    article = extract(document)
    assert extract(document) == article
    for event in article.events:
        for statement in event.statements:
            assert statement.evidence
            assert all(text[e.start : e.end] == e.exact for e in statement.evidence)


def names(count: int) -> list[str]:
    """Make up different names."""
    return ["Ab" + "".join(chr(97 + int(digit)) for digit in str(number)) + "xo" for number in range(count)]


REPEATED = {
    "one word": (lambda n: "a" * n, 50_000),
    "no word": (lambda n: " " * n, 500_000),
    "short quotations": (lambda n: '"a b c" ' * n, 300),
    "initials": (lambda n: "A, " * n, 1_500),
    "open brackets": (lambda n: "$1 (" * n, 400),
    "relative clauses": (lambda n: "Veloquent, which acquired Brightmere, " * n, 50),
    "titles": (lambda n: "chief executive, executive officer, " * n, 500),
    "one sentence": (lambda n: "Veloquent acquired Brightmere. " * n, 100),
    "one quotation": (lambda n: "“We will grow fast,” said Maria Lopez. " * n, 100),
    "amounts": (lambda n: "\n\n".join(f"Veloquent raised ${number} million." for number in range(n)), 100),
}
DISTINCT = {
    "a list of names": (lambda n: "Veloquent signed deals with " + ", ".join(names(n)), 1_000),
    "a name a sentence": (lambda n: " ".join(f"Veloquent acquired {name}." for name in names(n)), 250),
    "a quotation a speaker": (
        lambda n: " ".join(f"“We will grow in {name},” said Maria {name}." for name in names(n)),
        100,
    ),
    "a quotation a paragraph": (
        lambda n: "\n\n".join(f"“We will grow by {number},” she said." for number in range(n)),
        200,
    ),
}


@pytest.mark.parametrize("text", REPEATED)
def test_no_text_takes_forever(text: str) -> None:
    """Twice as much of the same takes about twice as long: every grammar is linear in the length."""
    make, count = REPEATED[text]
    assert grows_linearly(lambda n: told(make(n)), count)


@pytest.mark.parametrize("seed", range(6))
def test_no_words_take_forever(seed: int) -> None:
    """So does any sequence of words, however little sense it makes, over and over again."""
    rng = random.Random(seed)  # noqa: S311
    words = " ".join(rng.choices(VOCABULARY, k=25)) + " "
    assert grows_linearly(lambda n: told(words * n), 25)


@pytest.mark.parametrize("text", DISTINCT)
def test_many_different_names_and_quotations_take_no_longer(text: str) -> None:
    """Twice as many names or quotations, none of them like another, take about twice as long."""
    make, count = DISTINCT[text]
    assert grows_linearly(lambda n: told(make(n)), count)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Veloquent, a Lagos-based startup, has acquired Brightmere for $50 million.", "Acquisition",
         {"acquirer": "Veloquent", "acquiree": "Brightmere", "price": "US$50 million"}),
        ("Brightmere was bought by Veloquent in 2019.", "Acquisition",
         {"acquirer": "Veloquent", "acquiree": "Brightmere", "date": "2019"}),
        ("Veloquent completed its acquisition of Brightmere.", "Acquisition",
         {"acquirer": "Veloquent", "acquiree": "Brightmere"}),
        ("Brightmere will become a wholly owned subsidiary of Veloquent.", "Subsidiary",
         {"parent": "Veloquent", "subsidiary": "Brightmere"}),
        ("Veloquent will sell its Brightmere unit to Okonjo Capital for $5 million.", "Acquisition",
         {"seller": "Veloquent", "acquiree": "Brightmere", "acquirer": "Okonjo Capital", "price": "US$5 million"}),
        ("Through its Brightmere subsidiary, Veloquent makes pumps.", "Subsidiary",
         {"parent": "Veloquent", "subsidiary": "Brightmere"}),
        ("Brightmere will operate as a unit of Veloquent.", "Subsidiary",
         {"parent": "Veloquent", "subsidiary": "Brightmere"}),
        ("Veloquent Corp, led by chief executive Maria Lopez, makes pumps.", "Position",
         {"person": "Maria Lopez", "organization": "Veloquent Corp", "title": "chief executive"}),
        ("Brightmere was founded in 2012 by former Veloquent engineers Maria Lopez and Ada Voss.", "Founding",
         {"organization": "Brightmere", "founder": {"Maria Lopez", "Ada Voss"}, "date": "2012"}),
        ("Maria Lopez, who has left Brightmere, joins Veloquent as president.", "Position",
         {"person": "Maria Lopez", "organization": "Veloquent", "title": "president"}),
        ("Maria Lopez, who previously was chief executive of Brightmere, has left.", "Position",
         {"person": "Maria Lopez", "organization": "Brightmere", "title": "chief executive"}),
        ("Sales of Veloquent slid 8 percent.", "Metric",
         {"subject": "Veloquent", "measure": "sales change", "figure": "-8%"}),
        ("Veloquent raised $20 million in a Series B round led by Okonjo Capital and Marlowe.", "FundingRound",
         {"company": "Veloquent", "amount": "US$20 million", "series": "Series B",
          "leadInvestor": {"Okonjo Capital", "Marlowe"}, "investor": {"Okonjo Capital", "Marlowe"}}),
        ("Maria Lopez, chief executive of Veloquent, resigned.", "Position",
         {"person": "Maria Lopez", "organization": "Veloquent", "title": "chief executive"}),
        ("Veloquent CEO Maria Lopez resigned.", "Position",
         {"person": "Maria Lopez", "organization": "Veloquent", "title": "CEO"}),
        ("Veloquent, headquartered in Nairobi, makes pumps.", "Headquarters",
         {"organization": "Veloquent", "place": "Nairobi"}),
        ("Nairobi-based Veloquent makes pumps.", "Headquarters", {"organization": "Veloquent", "place": "Nairobi"}),
        ("Founded in 2012 by Maria Lopez, Veloquent makes pumps.", "Founding",
         {"organization": "Veloquent", "founder": "Maria Lopez", "date": "2012"}),
        ("Brightmere, a unit of Veloquent, makes pumps.", "Subsidiary",
         {"parent": "Veloquent", "subsidiary": "Brightmere"}),
        ("Veloquent partnered with Brightmere.", "Partnership", {"participant": {"Veloquent", "Brightmere"}}),
        ("Veloquent invested $5 million in Brightmere.", "Investment",
         {"investor": "Veloquent", "investee": "Brightmere", "amount": "US$5 million"}),
        ("Okonjo-backed Veloquent makes pumps.", "Investment", {"investor": "Okonjo", "investee": "Veloquent"}),
        ("Veloquent employs 230 people.", "Metric",
         {"subject": "Veloquent", "measure": "employees", "figure": "230"}),
        ("Veloquent Inc. (NYSE: VLQ) rose.", "Listing",
         {"organization": "Veloquent Inc.", "ticker": "VLQ", "exchange": "NYSE"}),
        ("“We will grow fast,” Maria Lopez said.", "Quotation",
         {"speaker": "Maria Lopez", "text": "We will grow fast,"}),
        ("Its rivals fear Veloquent's Nimbus software.", "ProductOffering",
         {"organization": "Veloquent", "product": "Nimbus"}),
    ],
)  # fmt: skip
def test_common_constructions(text: str, kind: str, expected: dict[str, object]) -> None:
    """One sentence, one event, its roles."""
    [event] = [e for e in told(text) if e.type == kind]
    assert flat(event) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Veloquent will acquire Brightmere.", "planned"),
        ("Veloquent agreed to acquire Brightmere.", "planned"),
        ("Veloquent is in talks to acquire Brightmere.", "rumoured"),
        ("Veloquent has not acquired Brightmere.", "denied"),
        ("Veloquent acquired Brightmere.", "asserted"),
        ("Veloquent is acquiring Brightmere.", "planned"),
        ("Veloquent signed an agreement to acquire Brightmere.", "planned"),
        ("Veloquent has no plans to acquire Brightmere.", "denied"),
        ("Veloquent scrapped plans to acquire Brightmere.", "former"),
        ("Veloquent terminated its agreement to acquire Brightmere.", "former"),
        ("Veloquent walked away from a deal to acquire Brightmere.", "former"),
        ("Veloquent dropped out of the race to acquire Brightmere.", "former"),
        ("The regulator blocked the acquisition of Brightmere by Veloquent.", "former"),
        ("The regulator sued to block the acquisition of Brightmere by Veloquent.", "planned"),
        ("Veloquent would have acquired Brightmere.", "former"),
        ("Veloquent denied reports that it plans to acquire Brightmere.", "denied"),
        ("Veloquent agreed to merge with Brightmere.", "planned"),
    ],
)
def test_status(text: str, status: str) -> None:
    """What is intended, rumoured, denied or given up is not told as done."""
    [deal] = [e for e in told(text) if e.type == "Acquisition"]
    assert deal.status == status


def test_a_later_sentence_fills_the_round() -> None:
    """The lead investor of "the round" joins the round that was told before."""
    text = "Veloquent raised $20 million in Series B funding. The round was led by Okonjo Capital."
    [event] = [e for e in told(text) if e.type == "FundingRound"]
    assert flat(event)["leadInvestor"] == "Okonjo Capital"


def test_the_investors_of_a_company_are_not_those_of_its_round() -> None:
    """Who "its investors include" invested at some time; "investors included" tells of the round just told."""
    told_of = "Veloquent raised $20 million in Series B funding. {} Okonjo Capital and Marlstone Ventures."
    [stake] = [e for e in told(told_of.format("Its investors include")) if e.type == "Investment"]
    assert flat(stake) == {"investee": "Veloquent", "investor": {"Okonjo Capital", "Marlstone Ventures"}}
    [round_] = [e for e in told(told_of.format("Investors included")) if e.type == "FundingRound"]
    assert flat(round_)["investor"] == {"Okonjo Capital", "Marlstone Ventures"}


def test_what_a_company_has_is_listed() -> None:
    """Each of "its units include A and B" is one."""
    units = [flat(e) for e in told("Veloquent makes pumps. Its units include Brightmere and Kestrelis.")]
    assert [u["subsidiary"] for u in units if u.get("parent") == "Veloquent"] == ["Brightmere", "Kestrelis"]


def test_pronouns_and_descriptions_stand_for_the_company() -> None:
    """Both "It" and "the company" are who the text speaks of."""
    text = "Veloquent makes pumps. The company acquired Brightmere. It also bought Kestrelis."
    deals = [flat(e) for e in told(text) if e.type == "Acquisition"]
    assert deals == [
        {"acquirer": "Veloquent", "acquiree": "Brightmere"},
        {"acquirer": "Veloquent", "acquiree": "Kestrelis"},
    ]


def test_what_was_bought_was_not_raised() -> None:
    """A sum before the word for another deal is that deal's."""
    events = told("Veloquent has completed its $2 billion purchase of Brightmere.")
    assert [(e.type, flat(e)["price"]) for e in events] == [("Acquisition", "US$2 billion")]


def test_short_names_join_full_ones() -> None:
    """One entity for "Alton Group", "Alton", and for "Maria Lopez", "Lopez"."""
    text = "Alton Group acquired Brightmere. Maria Lopez, CEO of Alton, is glad. “It is good,” said Lopez."
    article = extract(Document("a", text, ((0, len(text)),)))
    assert {e.name: e.aliases for e in article.entities} == {
        "Maria Lopez": ("Lopez",),
        "Alton Group": ("Alton",),
        "Brightmere": (),
    }


def test_words_that_are_not_names_never_become_organizations() -> None:
    """Acronyms of the trade, section heads and months name nobody."""
    text = "Tech / AI\n\nThe AI sector raised $5 million. In March, the IPO market fell. IT spending rose."
    assert not extract(Document("a", text, ((0, len(text)),))).entities


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Veloquent's proposed acquisition of Brightmere was filed.", "planned"),
        ("A possible acquisition of Brightmere by Veloquent was reported.", "rumoured"),
        ("Veloquent made no acquisition of Brightmere.", "denied"),
        ("Veloquent denied it acquired Brightmere.", "denied"),
        ("Veloquent denied that it had acquired Brightmere.", "denied"),
        ("Veloquent tried to acquire Brightmere.", "rumoured"),
        ("Veloquent announced the acquisition of Brightmere.", "asserted"),
        ("Veloquent declined to confirm the acquisition of Brightmere.", "rumoured"),
    ],
)
def test_status_of_nouns_and_clauses(text: str, status: str) -> None:
    """A deal that is proposed, possible or denied is not told as done, whatever tells of it."""
    [deal] = [e for e in told(text) if e.type == "Acquisition"]
    assert deal.status == status
    assert flat(deal) == {"acquirer": "Veloquent", "acquiree": "Brightmere"}


def test_what_was_owned_once_is_former() -> None:
    """An adverb makes a verb's event former."""
    [owned] = [e for e in told("Brightmere was formerly owned by Veloquent.") if e.type == "Subsidiary"]
    assert owned.status == "former"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Veloquent sold its unit Kestrelis to Brightmere.", "former"),
        ("Brightmere acquired Kestrelis, a unit of Veloquent.", "former"),
        ("Veloquent will sell its unit Kestrelis to Brightmere.", "asserted"),
        ("Veloquent acquired Brightmere through its unit Kestrelis.", "asserted"),
    ],
)
def test_what_was_sold_is_owned_no_more(text: str, status: str) -> None:
    """A sale ends what the same sentence says of the owner, once it is done."""
    [owned] = [e for e in told(text) if e.type == "Subsidiary" and flat(e)["parent"] == "Veloquent"]
    assert owned.status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Maria Lopez is chief executive of Veloquent.", "asserted"),
        ("Maria Lopez was chief executive of Veloquent.", "former"),
        ("Maria Lopez, until now chief executive of Veloquent, is well.", "former"),
        ("Maria Lopez, previously chief executive of Veloquent, is well.", "former"),
        ("Veloquent chief executive Maria Lopez has resigned.", "former"),
        ("Veloquent chief executive Maria Lopez has not resigned.", "asserted"),
        ("Veloquent chief executive Maria Lopez would resign in May.", "asserted"),
        ("Veloquent chief executive Maria Lopez was ousted.", "former"),
        ("The board dismissed chief executive Maria Lopez of Veloquent.", "former"),
        ("Veloquent chief executive Maria Lopez has left the company.", "former"),
        ("Veloquent is expected to appoint Maria Lopez as its new chief executive.", "planned"),
        ("Veloquent could appoint Maria Lopez as its new chief executive.", "rumoured"),
    ],
)
def test_status_of_positions(text: str, status: str) -> None:
    """Who has left, or held the post once, has it no more."""
    [post] = [e for e in told(text) if e.type == "Position" and "title" in flat(e)]
    assert post.status == status


@pytest.mark.parametrize(
    ("verb", "statuses"),
    [("succeeded", ["asserted", "former"]), ("will succeed", ["planned", "asserted"])],
)
def test_who_succeeds_whom(verb: str, statuses: list[str]) -> None:
    """Who succeeds has the post, and who is succeeded has it no more, once it is done."""
    text = f"Maria Lopez {verb} Daniel Reed as chief executive of Veloquent Inc."
    posts = {flat(e)["person"]: e.status for e in told(text) if e.type == "Position"}
    assert posts == dict(zip(["Maria Lopez", "Daniel Reed"], statuses, strict=True))


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Veloquent ended its partnership with Brightmere.", "Partnership", "former"),
        ("Veloquent sold its 20% stake in Brightmere.", "Investment", "former"),
        ("Veloquent has agreed to sell its stake in Brightmere.", "Investment", "asserted"),
        ("Veloquent discontinued the Nimbus headset.", "ProductOffering", "former"),
        ("Veloquent is scheduled to launch its Nimbus headset.", "ProductOffering", "planned"),
    ],
)
def test_what_ends(text: str, kind: str, status: str) -> None:
    """What is ended, sold or withdrawn was true before, and is until it is done."""
    [event] = [e for e in told(text) if e.type == kind]
    assert event.status == status


def test_what_describes_a_name_is_part_of_neither_name_nor_title() -> None:
    """A rival is no part of a name, nor is what a company does part of the title at it."""
    text = "Rival Veloquent acquired Brightmere. Maria Lopez, chief executive of insurer Kestrelis, is glad."
    deal, post = (next(e for e in told(text) if e.type == kind) for kind in ("Acquisition", "Position"))
    assert flat(deal) == {"acquirer": "Veloquent", "acquiree": "Brightmere"}
    assert flat(post) == {
        "person": "Maria Lopez",
        "organization": "Kestrelis",
        "title": "chief executive",
    }


@pytest.mark.parametrize(
    "name", ["Strong Electric Co.", "Veloquent Insurance (Group) Co.", "Veloquent (Holdings) Ltd."]
)
def test_legal_forms_belong_to_names(name: str) -> None:
    """A legal form is no name of its own, at the start of a sentence or after brackets."""
    [deal] = [e for e in told(f"{name} acquired Brightmere in May.") if e.type == "Acquisition"]
    assert flat(deal)["acquirer"] == name


def test_a_governor_is_not_of_the_company_of_the_article() -> None:
    """Who speaks for no company gets none for want of another."""
    text = "Shares of Veloquent Inc. rose. Texas Governor Maria Lopez hailed the decision."
    assert not [e for e in told(text) if e.type == "Position"]


def test_each_of_several_objects_is_an_event() -> None:
    """The words "acquired B, C and D" is three acquisitions; what was paid for all is the price of none."""
    deals = [flat(e) for e in told("Veloquent acquired Brightmere, Kestrelis and Quantora for $5 million.")]
    assert deals == [
        {"acquirer": "Veloquent", "acquiree": name} for name in ("Brightmere", "Kestrelis", "Quantora")
    ]


def test_contractions_hide_neither_subject_nor_modal() -> None:
    """Such as "they've acquired" has a subject, and "it'll acquire" is planned."""
    text = "Veloquent makes pumps. It's acquired Kestrelis. It'll acquire Brightmere."
    deals = [(flat(e)["acquiree"], e.status) for e in told(text) if e.type == "Acquisition"]
    assert ("Brightmere", "planned") in deals


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Veloquent is considering an acquisition of Brightmere. Veloquent's acquisition of Brightmere needs approval.",
         "rumoured"),
        ("Veloquent's acquisition of Brightmere needs approval. Veloquent agreed to acquire Brightmere.", "planned"),
        ("Veloquent denied it acquired Brightmere. The acquisition of Brightmere by Veloquent was reported.", "denied"),
        ("Veloquent plans to acquire Brightmere. It then acquired Brightmere.", "asserted"),
        ("Veloquent plans to acquire Brightmere. Veloquent completed the acquisition of Brightmere.", "asserted"),
    ],
)  # fmt: skip
def test_naming_a_deal_does_not_make_it_done(text: str, status: str) -> None:
    """A noun alone leaves the status to the verbs, before it and after it."""
    [deal] = [e for e in told(text) if e.type == "Acquisition"]
    assert deal.status == status


def test_the_sentences_of_a_statement_name_it() -> None:
    """Where one sentence names who did it, the one that says "it" is no evidence for the name."""
    text = "Veloquent acquired Brightmere in 2019. It paid $5 million for Brightmere."
    [deal] = [e for e in told(text) if e.type == "Acquisition"]
    cited = {s.role: [e.exact for e in s.evidence] for s in deal.statements}
    first, second = "Veloquent acquired Brightmere in 2019.", "It paid $5 million for Brightmere."
    assert cited["acquirer"] == [first]
    assert cited["acquiree"] == [first, second]
    assert cited["price"] == [second]
