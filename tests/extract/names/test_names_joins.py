"""Which names are one thing's."""

from __future__ import annotations

import cProfile
import random
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import cut, things

from kg.extract.names.candidates import Candidates
from kg.extract.names.cluster import find_names

JOINED = [
    ("Fenlund Widget Makers (FWM) bought Zorbix. FWM fell.", {"Fenlund Widget Makers": {"FWM"}}),
    ("PavonCoopers (PCo) bought Zorbix. PCo fell.", {"PavonCoopers": {"PCo"}}),
    ("Tolk & Varden (T&V) bought Zorbix. T&V fell.", {"Tolk & Varden": {"T&V"}}),
    ('Marenta Holdings Ltd. ("Marenta" or the "Company") bought Zorbix. The Company fell. Marenta rose.', {"Marenta Holdings Ltd.": {"Marenta"}}),
    ("Marenta Holdings Ltd. (the “Group”) bought Zorbix. The Group fell.", {"Marenta Holdings Ltd.": set()}),
    ("Zorbix Systems, formerly known as Gobblr, fell. Gobblr rose.", {"Zorbix Systems": {"Gobblr"}}),
    ("Zorbix Systems (formerly Gobblr) fell. Gobblr rose.", {"Zorbix Systems": {"Gobblr"}}),
    ("Zorbix (formerly Gobblr Holdings) fell. Gobblr rose.", {"Zorbix": {"Gobblr Holdings", "Gobblr"}}),
    ("Zorbix, previously called Gobblr Labs, fell. Gobblr Labs rose.", {"Zorbix": {"Gobblr Labs"}}),
    ("Gobblr, now known as Zorbix, fell. Zorbix rose.", {"Zorbix": {"Gobblr"}}),
    ("Gobblr changed its name to Zorbix in 2020. Zorbix rose.", {"Zorbix": {"Gobblr"}}),
    ("Zorbix, which changed its name from Gobblr in 2020, rose. Gobblr fell.", {"Zorbix": {"Gobblr"}}),
    ("Zorbix Foods Inc., doing business as Tastly, rose. Tastly fell.", {"Zorbix Foods Inc.": {"Tastly"}}),
    ("Gobblr rebranded as Zorbix last year. Zorbix rose.", {"Zorbix": {"Gobblr"}}),
    ("Gobblr was renamed Zorbix last year. Zorbix rose.", {"Zorbix": {"Gobblr"}}),
    ("Marenta rose. Marenta Therapeutics makes drugs.", {"Marenta Therapeutics": {"Marenta"}}),
    ("Marenta Therapeutics makes drugs. Marenta rose.", {"Marenta Therapeutics": {"Marenta"}}),
    ("Marenta Bank rose. Marenta Insurance fell. Marenta said so.", {"Marenta Bank": {"Marenta"}, "Marenta Insurance": set()}),
    ("Vintergate launched Vintergate Pay. Vintergate also offers Vintergate Cloud.", {"Vintergate": set(), "Vintergate Pay": set(), "Vintergate Cloud": set()}),
    ("Vintergate Pay is an app of Vintergate. Vintergate rose.", {"Vintergate": set(), "Vintergate Pay": set()}),
    ("Sunniva Rosk leads Zorbix. Rosk said so. Ms. Rosk left.", {"Sunniva Rosk": {"Rosk"}, "Zorbix": set()}),
    ("Kari Anne Solvik-Berg leads Zorbix. Solvik-Berg said so.", {"Kari Anne Solvik-Berg": {"Solvik-Berg"}}),
    ("Zorbix.com rose. Zorbix fell.", {"Zorbix.com": {"Zorbix"}}),
    ("Tolk & Varden rose. Tolk and Varden fell.", {"Tolk and Varden": {"Tolk & Varden"}}),
    ("ZORBIX BUYS GOBBLR. \nZorbix rose. Gobblr fell.", {"Zorbix": {"ZORBIX"}, "Gobblr": {"GOBBLR"}}),
    ("The United States sued. The U.S. won. The US said so.", {"United States": {"U.S.", "US"}}),
    ("Fenlund Steel Company rose. FSC fell.", {"Fenlund Steel Company": set()}),
    ("Marenta Group Ltd rose. Marenta fell, and Marenta Group too.", {"Marenta Group Ltd": {"Marenta", "Marenta Group"}}),
    ("Runa Vike, formerly of Gobblr, joined Zorbix.", {"Runa Vike": set(), "Gobblr": set(), "Zorbix": set()}),
    ("Runa Vike, formerly Gobblr's boss, joined Zorbix.", {"Runa Vike": set(), "Gobblr": set(), "Zorbix": set()}),
    ("The Fenlund Tribunal of Appeal (FTA) fined the Fair Trade Board of Fenlund (FTBF). FTBF appealed.", {"Fair Trade Board of Fenlund": {"FTBF"}}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_names_of_one_thing_and_of_several(text: str, expected: dict[str, set[str]]) -> None:
    """Short forms, initials, former and other names join the full one; a product is not its maker."""
    found = {thing.name: set(thing.aliases) for thing in things(text)}
    assert {name: found.get(name) for name in expected} == expected


ARTICLE = """{a} Group Ltd has raised $5 million. The round was led by {b} Capital, said Sunniva Rosk, the chief executive of {a}.
Ms. Rosk had worked at {c} Systems. {c} was bought by the Bank of Fenlund ({d}) in 2019. {a}'s rivals include {b} Pay, an app.
“{a} grows,” Rosk said. Shares of {c} fell, and {d} lost. {a} Group is based in Oslo."""
NAMES = st.lists(
    st.from_regex(r"[BDFGKLMPRTV][aeo][lmnrt][dkvz][aeo][lnrsx][dgt]o", fullmatch=True),
    min_size=3,
    max_size=3,
    unique_by=lambda n: n[:4],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES)
def test_a_company_renamed_in_the_text_is_renamed_in_what_is_found(names: list[str]) -> None:
    """What a text names depends on how it speaks of its names, not on the names."""
    new = {"a": names[0], "b": names[1], "c": names[2], "d": "BoF"}
    old = {"a": "Hexaflow", "b": "Ostralux", "c": "Calbrook", "d": "BoF"}

    def found(by: dict[str, str]) -> set[tuple[str, str, frozenset[str]]]:
        # Named by their letters in the template again, to be compared.
        def back(name: str) -> str:
            for letter, value in by.items():
                name = name.replace(value, f"{{{letter}}}")
            return name

        return {(back(t.name), t.type, frozenset(map(back, t.aliases))) for t in things(ARTICLE.format(**by))}

    assert found(new) == found(old)


SENTENCES = [
    "Hexaflow Group Ltd has raised $5 million.",
    "Shares of Hexaflow fell.",
    "Sunniva Rosk runs Calbrook Therapeutics.",
    "The plan of Calbrook was told by Ms. Rosk.",
    "Ostralux, formerly known as Gobblr, fell.",
    "Gobblr was founded in 2012.",
    "The Fenlund Widget Makers (FWM) met.",
    "Members of FWM went home.",
    "Analysts like Vintergate and Vintergate Pay.",
    "Users of Vintergate Pay and Vintergate Cloud left.",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_sentences_does_not_matter(order: random.Random) -> None:
    """What is sure in one order is sure in every order."""
    shuffled = list(SENTENCES)
    order.shuffle(shuffled)
    assert set(things(" ".join(shuffled))) == set(things(" ".join(SENTENCES)))


def calls(text: str) -> int:
    """Count the calls that it takes to name the names of a text: a time that no machine changes."""
    runs = cut(text)
    find_names(Candidates.of(runs))  # the lists are read
    profile = cProfile.Profile()
    profile.runcall(lambda: find_names(Candidates.of(runs)))
    return sum(entry.callcount for entry in profile.getstats())


def distinct(n: int) -> list[str]:
    """Make names that have nothing in common."""
    letters = "bdfgklmprtvz"
    return [
        "".join(letters[i // 12**k % 12] + "aeiou"[i // (k + 1) % 5] for k in range(4)).capitalize()
        for i in range(n)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hexaflow bought {0}.",
        "Hexaflow bought {0} Group Inc.",
        "Hexaflow bought Banco {0}, Ltd.",
        "{0} {1} of Hexaflow said so.",
        "{0}, formerly {1}, fell.",
        "{0} Holdings (“{0}”) offers {0} Pay.",
    ],
)
def test_time_grows_with_the_number_of_names(sentence: str) -> None:
    """Twice the names take about twice the time."""
    n = 400
    names = distinct(2 * n + 1)
    text = [sentence.format(one, other) for one, other in pairwise(names)]
    assert calls(" ".join(text)) < 2.3 * calls(" ".join(text[:n]))
