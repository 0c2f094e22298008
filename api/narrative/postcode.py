"""What is said of a postcode's position."""

from typing import Final

QUALITY: Final[dict[int, str]] = {
    10: "inside the building nearest the middle of the postcode",
    20: "inside the building nearest the middle of the postcode, placed by eye",
    30: "within some 50 metres of the true place",
    40: "the middle of addresses that the postcode used to have",
    50: "estimated from the postcodes around it, to some 100 metres",
    60: "the middle of the postcode sector, which may be far off",
    90: "not known",
}
"""Code-Point Open's positional quality indicator in plain words."""


def quality_words(quality: int | None) -> str:
    """Say how well the position is known.

    >>> quality_words(10)
    'Position: inside the building nearest the middle of the postcode.'
    >>> quality_words(None)
    'Position: how well it is known is not stated.'
    """
    words = QUALITY.get(quality or -1, "how well it is known is not stated")
    return f"Position: {words}."
