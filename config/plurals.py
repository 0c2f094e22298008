"""Counts with their nouns, as every sentence and message has them."""


def counted(count: int, one: str, several: str) -> str:
    """Write a count with its noun.

    >>> counted(1, "school", "schools"), counted(0, "school", "schools")
    ('1 school', 'no schools')
    >>> counted(1279, "postcode", "postcodes")
    '1,279 postcodes'
    """
    if count == 0:
        return f"no {several}"
    return f"{count:,} {one if count == 1 else several}"
