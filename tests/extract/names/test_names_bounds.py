"""Where names begin and end: what they may be made of, and what is no part of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import cut, labels, named

from kg.extract.names.legal import legal_tail
from kg.iris import is_legal_form

DIGITS = [
    ("3M acquired Calbrook. The deal gives 3M a foothold.", ["3M", "Calbrook"]),
    ("Shares of 3M fell after 3M's results.", ["3M"]),
    ("The fund sold 3M shares of Hexaflow.", ["Hexaflow"]),
    ("7-Eleven bought Calbrook for $3M.", ["7-Eleven", "Calbrook"]),
    ("1&1 AG bought Calbrook.", ["1&1 AG", "Calbrook"]),
    ("4Point raised $4 million. The investors in 4Point include 20VC.", ["4Point", "20VC"]),
    ("8x8 Inc. bought Calbrook.", ["8x8 Inc.", "Calbrook"]),
    ("9Lives Group said it made 500MW of power in FY25 and 40GB drives.", ["9Lives Group"]),
    ("21Vianet and 51job signed.", ["21Vianet"]),
    ("1-800-Plumes rose. Shares of 1-800-Plumes rose.", ["1-800-Plumes"]),
    ("Phillips 66 rose.", ["Phillips 66"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIGITS)
def test_numbers_in_names(text: str, expected: list[str]) -> None:
    """A name may begin with digits; amounts, units and periods are none."""
    assert labels(text) == expected


LOWER = [
    ("eTrove bought iPlume.", ["eTrove", "iPlume"]),
    ("calbrook.io raised $5 million. Investors in calbrook.io cheered.", ["calbrook.io"]),
    ("Hexaflow bought calbrook.io. Read more on hexaflow.io today.", ["Hexaflow", "calbrook.io"]),
    ("zorbix has bought Hexaflow. The price that zorbix paid was not told.", ["zorbix", "Hexaflow"]),
    ("Hexaflow was bought by zorbix GmbH.", ["Hexaflow", "zorbix GmbH"]),
    ("lululemon fell. Hexaflow sued lululemon.", ["lululemon", "Hexaflow"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LOWER)
def test_small_letters(text: str, expected: list[str]) -> None:
    """A name may begin in lower case where the text leaves no doubt: it acts, is incorporated, or is listed."""
    assert labels(text) == expected


OWNED = [
    ("Penderlow's has bought Hexaflow. The purchase gives Penderlow's a store.", ["Penderlow's", "Hexaflow"]),
    ("McAllen's bought Hexaflow. The deal gives McAllen's a foothold in Kenya.", ["McAllen's", "Hexaflow", "Kenya"]),
    ("Macy's bought Hexaflow. Analysts like Macy's.", ["Macy's", "Hexaflow"]),
    ("Penderlow's acquired Hexaflow. Penderlow's is based in Oslo.", ["Penderlow's", "Hexaflow", "Oslo"]),
    ("Penderlow's received an offer from Hexaflow. Penderlow's board met.", ["Penderlow's", "Hexaflow"]),
    ("Hexaflow's revenue rose. Hexaflow fell.", ["Hexaflow"]),
    ("Quimby's Pizza bought Hexaflow. Shares of Quimby's Pizza rose.", ["Quimby's Pizza", "Hexaflow"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OWNED)
def test_names_that_end_in_a_possessive(text: str, expected: list[str]) -> None:
    """The "'s" is part of a name where no noun follows, where a list has it so, and where it stands before one word only."""
    assert labels(text) == expected


COMMON = [
    ("Under Plume bought Hexaflow, the firms said. The purchase gives Under Plume a foothold.", ["Under Plume", "Hexaflow"]),
    ("General Widgets bought Hexaflow. The deal helps General Widgets.", ["General Widgets", "Hexaflow"]),
    ("Next bought Hexaflow.", ["Next", "Hexaflow"]),
    ("Target acquired Hexaflow for $3 billion. Target is based in Oslo.", ["Target", "Hexaflow", "Oslo"]),
    ("Fenlund sold Next to Ostralux.", ["Fenlund", "Next", "Ostralux"]),
    ("Just Plume acquired Hexaflow. Just Plume is based in Oslo.", ["Just Plume", "Hexaflow", "Oslo"]),
    ("Square Nine raised $5 million.", ["Square Nine"]),
    ("Just Eat bought Hexaflow. Hexaflow joined Just Eat.", ["Just Eat", "Hexaflow"]),
    ("Inside the firm, Hexaflow rose. Buying Hexaflow helps. Startup Hexaflow rose.", ["Hexaflow"]),
    ("Revenue rose. Management said so. Shares fell. Analysts said Hexaflow rose.", ["Hexaflow"]),
    ("Visa and Gap rose. Meta fell. Demand fell.", ["Visa", "Gap", "Meta"]),
    ("On Holding bought Hexaflow. We Company sold it.", ["On Holding", "Hexaflow", "We Company"]),
    ("The Issuer shall pay. The Purchaser shall not.", []),
    ("Once Hexaflow bought Ostralux Systems, it fell.", ["Hexaflow", "Ostralux Systems"]),
    ("Home Depot rose. Best Buy fell.", ["Home Depot", "Best Buy"]),
    ("United Parcels Group bought Hexaflow.", ["United Parcels Group", "Hexaflow"]),
    ("Hexaflow makes floating roof tanks (FRT). Its FRT line grew.", ["Hexaflow"]),
    ("Hexaflow Grey Rivers (HGR) bought Calbrook.", ["Hexaflow Grey Rivers", "Calbrook"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COMMON)
def test_common_words(text: str, expected: list[str]) -> None:
    """A common word belongs to a name that is known from inside a sentence, from a list, or by what it does."""
    assert labels(text) == expected


JOINED = [
    ("Bank of Fenlund bought Calbrook.", ["Bank of Fenlund", "Calbrook"]),
    ("University of Hestland founded Calbrook.", ["University of Hestland", "Calbrook"]),
    ("The Bank of the Fenlunds bought Calbrook.", ["Bank of the Fenlunds", "Calbrook"]),
    ("Marks and Spencer has bought Calbrook.", ["Marks and Spencer", "Calbrook"]),
    ("Procter and Gamble bought Calbrook.", ["Procter and Gamble", "Calbrook"]),
    ("Tolk and Varden has bought Calbrook. The price that Tolk and Varden paid was not told.", ["Tolk and Varden", "Calbrook"]),
    ("Hexaflow and Ostralux have signed a deal with Tolk & Varden.", ["Hexaflow", "Ostralux", "Tolk & Varden"]),
    ("The Securities and Exchange Board of Fenlund fined the Ministry of Trade and Industry.", ["Securities and Exchange Board of Fenlund", "Ministry of Trade and Industry"]),
    ("The Food and Feed Administration fined Hexaflow and Ostralux.", ["Food and Feed Administration", "Hexaflow", "Ostralux"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_names_of_several_parts(text: str, expected: list[str]) -> None:
    """The words "of" and "and" join names after the heads that take them, in lists, and before a singular verb."""
    assert labels(text) == expected


FORMS = [
    ("Ostralux (UK) Ltd bought Hexaflow.", ["Ostralux (UK) Ltd", "Hexaflow"]),
    ("Ostralux (South Africa) (Pty) Ltd bought Hexaflow.", ["Ostralux (South Africa) (Pty) Ltd", "Hexaflow"]),
    ("Ostralux Pty Ltd bought Hexaflow S.A. de C.V.", ["Ostralux Pty Ltd", "Hexaflow S.A. de C.V."]),
    ("Hexaflow Oyj bought Ostralux A/S and Plume AB (publ).", ["Hexaflow Oyj", "Ostralux A/S", "Plume AB (publ)"]),
    ("Hexaflow K.K. bought Ostralux d.o.o. and Plume s.r.o. in May.", ["Hexaflow K.K.", "Ostralux d.o.o.", "Plume s.r.o."]),
    ("Hexaflow Holdings, Inc., a maker of pumps, rose.", ["Hexaflow Holdings, Inc."]),
    ("Hexaflow GmbH & Co. KGaA bought Ostralux Co., Ltd.", ["Hexaflow GmbH & Co. KGaA", "Ostralux Co., Ltd"]),
    ("Hexaflow Tbk bought Ostralux Berhad.", ["Hexaflow Tbk", "Ostralux Berhad"]),
    ("Hexaflow (Private) Limited bought Ostralux, LP, of Salem, MA.",
     ["Hexaflow (Private) Limited", "Ostralux, LP", "Salem", "MA"]),
    ("Hexaflow LLP advised Ostralux LLC.", ["Hexaflow LLP", "Ostralux LLC"]),
    ("The Company fell. Holdings rose. The Group said. Hexaflow Ltd rose, and the Ltd fell.", ["Hexaflow Ltd"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_legal_forms(text: str, expected: list[str]) -> None:
    """A legal form, of any country, is part of the name before it, and never a name."""
    assert labels(text) == expected


CRIES = [
    ("Zip! Foods bought Hexaflow. Yahoo! said so.", ["Zip! Foods", "Hexaflow", "Yahoo!"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CRIES)
def test_exclamation_marks(text: str, expected: list[str]) -> None:
    """A name may end in an exclamation mark."""
    assert labels(text) == expected


FORMER = [
    ("Former Plume engineer Runa Vike founded Hexaflow.", ["Plume", "Runa Vike", "Hexaflow"]),
    ("Ex-Plume executive Odd Brekke joined Hexaflow. Then-CEO Runa Vike left.", ["Plume", "Odd Brekke", "Hexaflow", "Runa Vike"]),
    ("Late founder Runa Vike and former Hexaflow boss Odd Brekke met.", ["Runa Vike", "Hexaflow", "Odd Brekke"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FORMER)
def test_former_and_ex(text: str, expected: list[str]) -> None:
    """What somebody or something was is no part of the name after it."""
    assert labels(text) == expected


LETTERS = [
    ("北风科技 acquired Hexaflow.", ["北风科技", "Hexaflow"]),
    ("Яндекс bought Hexaflow, and نورليت sold it.", ["Яндекс", "Hexaflow", "نورليت"]),
    ("L'Étoile bought O'Brien & Sons.", ["L'Étoile", "O'Brien & Sons"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_other_letters(text: str, expected: list[str]) -> None:
    """Names in other letters are names."""
    assert labels(text) == expected


CAPITALS = [
    ("HEXAFLOW HAS BOUGHT OSTRALUX SYSTEMS FOR $40 MILLION, SAID SUNNIVA ROSK, ITS CHIEF EXECUTIVE.",
     ["HEXAFLOW", "OSTRALUX SYSTEMS", "SUNNIVA ROSK"]),
    ("THE BOARD MET. HEXAFLOW GMBH SOLD ITS STORES TO CALBROOK LTD.", ["HEXAFLOW GMBH", "CALBROOK LTD"]),
    ("THE BANK OF FENLUND MAY BUY OSTRALUX GROUP IN MAY.", ["BANK OF FENLUND", "OSTRALUX GROUP"]),
    ("Stone Bay rose.\nSTONE BAY HAS SOLD ITS STORES.", ["Stone Bay"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CAPITALS)
def test_sentences_in_capitals(text: str, expected: list[str]) -> None:
    """Where all is in capitals, the words that no dictionary has are names, and what the rest of the text names."""
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Hexaflow Ltd rose", 1),
        ("Hexaflow, Inc. rose", 2),
        ("Hexaflow (UK) Ltd rose", 4),
        ("Hexaflow Co., Ltd. rose", 3),
        ("Hexaflow, Limited Brands and more", 0),
        ("Salem, MA, grew", 0),
        ("Hexaflow said", 0),
        ("Hexaflow company", 0),
        ("Hexaflow", 0),
    ],
)
def test_how_long_a_legal_form_is(text: str, length: int) -> None:
    """A comma and brackets may stand in it; a state and the next name of a list are none."""
    assert legal_tail(cut(text), 0, 1) == length


WORDS = st.sampled_from(
    "Hexaflow Ostralux Inc. Ltd Group Holdings Company S.p.A. (UK) Sunniva Rosk CEO of the a and & , . ( ) ' ’s “ ”"
    " 3M $3M 字节 monday.com Yum! formerly known as bought has FENLUND BANK -based Ex- in Oslo \n".split(" ")
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join)))
def test_names_of_any_text_are_runs_apart(text: str) -> None:
    """Whatever the text: names lie inside sentences, apart from each other, the same every time, and none is a legal form."""
    runs, found = cut(text), named(text)
    assert named(text) == found
    for number, spans in found.by_sentence.items():
        ends = [0, *(span.last for span in spans.values())]
        starts = [*spans, len(runs.tokens[number])]
        assert all(end <= start for end, start in zip(ends, starts, strict=True))
    for thing in found.at.values():
        assert thing.name.strip()
        assert not is_legal_form(thing.name.split())
