"""Lists: pairs with their probabilities in, the members of a list with the same one out."""

from __future__ import annotations

import pytest
from rows import discourse, entity

from kg.extract.learned.lists import shared
from kg.extract.learned.pairs import Mention
from kg.extract.learned.reader import Scored
from kg.extract.learned.schema import Label

BACKED = Label("FundingRound", "company", "investor")
ROW = "Acme/NAME was/AUX backed/VERB:VBD by/PREP Bolt/NAME ,/COMMA Zip/NAME and/CC Yarn/NAME"
TWO = "Acme/NAME was/AUX backed/VERB:VBD by/PREP Bolt/NAME and/CC Zip/NAME"


@pytest.mark.parametrize(
    ("row", "told", "shares"),
    [
        (ROW, {"Bolt": 0.9, "Zip": 0.6, "Yarn": 0.3}, {"Bolt": 0.6, "Zip": 0.6, "Yarn": 0.6}),
        # One that was passed over gets what the others have, less its own silence.
        (ROW, {"Bolt": 0.9, "Yarn": 0.9}, {"Bolt": 0.6, "Zip": 0.6, "Yarn": 0.6}),
        # One of three is no reason for the others.
        (ROW, {"Zip": 0.9}, {"Zip": 0.9}),
        # Of two, one may well be said something that the other is not.
        (TWO, {"Bolt": 0.9, "Zip": 0.3}, {"Bolt": 0.9, "Zip": 0.3}),
        (ROW, {}, {}),
    ],
)
def test_the_members_of_a_list_share(row: str, told: dict[str, float], shares: dict[str, float]) -> None:
    """What is said of half of a list or more is said of each member, with the mean of what each would have."""
    parsed = discourse(row).parsed
    where = {u.entity.name: Mention(u.start, u.end, 0, "Organization") for u in parsed.rows[0] if u.entity}
    scored = [
        Scored(BACKED, entity("Acme"), entity(name), p, "asserted", (where["Acme"], where[name]))
        for name, p in told.items()
    ]
    found = {
        str(s.second.name): round(s.probability, 2)
        for s in shared(parsed, scored)
        if hasattr(s.second, "name")
    }
    assert found == shares
