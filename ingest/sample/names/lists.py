"""Lists of words are written down as text, many to a line."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text.

    >>> words("Alder  Ash")
    ('Alder', 'Ash')
    """
    return tuple(text.split())
