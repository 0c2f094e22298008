"""What families weigh, in words."""

from typing import Final

_UNITS: Final = {"km": "kilometre", "minute": "minute"}
_SAYS: Final = {
    "border": "the school is in another authority",
    "faith": "the school has a religious character",
    "single_sex": "the school takes only girls, or only boys",
    "selective": "the school chooses by a test",
    "log_rank": "how many schools are nearer (the logarithm of one and their number)",
    "nearest": "no school is nearer",
    "linked": "the share of an area's children whose school leads to this one",
    "log_places": "places at the school (their logarithm)",
    "ride_km": "a kilometre in a straight line beyond twenty minutes' walk",
    "later_minute": "a minute of the journey from the twelfth to the twentieth",
    "own_faith": "the school is of the family's faith",
    "other_faith": "the school is of a faith that is not the family's",
}
_WALKED: Final = "a minute of the journey, up to the twelfth"
_OF_UNIT: Final = {
    "": "a {unit} of the journey",
    "log_": "the logarithm of the {unit}s of the journey, and a little",
    "sqrt_": "the square root of the {unit}s of the journey",
    "faith_": "a {unit} of the journey to a school with a religious character, besides",
    "single_sex_": "a {unit} of the journey to a girls' or boys' school, besides",
    "selective_": "a {unit} of the journey to a school that chooses by a test, besides",
}


def says_of(attribute: str, *, is_rationed: bool = False) -> str:
    """Say what is weighed.

    Args:
        attribute: its name.
        is_rationed: in a fit that allows for children whom full schools turned away.

    >>> says_of("nearest"), says_of("faith_minute")[:44]
    ('no school is nearer', 'a minute of the journey to a school with a r')
    """
    if is_rationed and attribute == "minute":
        return _WALKED
    if attribute in _SAYS:
        return _SAYS[attribute]
    for unit, word in _UNITS.items():
        start = attribute.removesuffix(unit)
        if start != attribute and start in _OF_UNIT:
            return _OF_UNIT[start].format(unit=word)
    return attribute.replace("_", " ")
