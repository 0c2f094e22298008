"""Words as people type them: one key under which a name is stored and looked up."""

import re
import unicodedata
from typing import Final

_DROPPED: Final = re.compile(r"['\u2018\u2019\u02bc`.]")
_SPACED: Final = re.compile(r"[^0-9a-z]+")


def search_key(text: str) -> str:
    """Return ``text`` as it is looked up: lower case, no accents, no marks, single spaces.

    Apostrophes and full stops vanish, every other mark parts words, ``&`` reads "and".

    >>> search_key("St. Mary & St. John's  C.E. Primary")
    'st mary and st johns ce primary'
    >>> search_key("Y Tŷ Gwyn, Stoke-on-Trent")
    'y ty gwyn stoke on trent'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    letters = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return _SPACED.sub(" ", _DROPPED.sub("", letters)).strip()
