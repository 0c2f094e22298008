"""Under which heading a measure is told, in the order in which a parent asks."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading.

    Attributes:
        id: short name.
        title: for readers.
        first_words: how the ids of its measures begin.
        headlines: measures that open it; the first few where none of these is there.
    """

    id: str
    title: str
    first_words: tuple[str, ...]
    headlines: tuple[str, ...] = ()


TOPICS: Final = (
    Topic("census", "Who goes there", ("census", "pupils")),
    Topic("places", "Places", ("places", "capacity", "scap", "admission_number", "scorecard")),
    Topic(
        "admissions",
        "Getting a place",
        ("admissions", "admission", "offer", "offers", "preferences", "preference", "applications"),
    ),
    Topic("ks2", "Results at the end of primary school", ("ks1", "ks2", "phonics")),
    Topic("ks4", "Results at 16", ("ks4",)),
    Topic("post16", "Results at 18", ("ks5", "post16", "level3", "alevel", "16_18")),
    Topic("absence", "Attendance", ("absence", "attendance")),
    Topic("destinations", "Where pupils go next", ("destinations", "destination", "dest")),
)
"""More words win over fewer: ``ks4_destinations`` is no result."""

_WORDS: Final = sorted(
    ((words, topic) for topic in TOPICS for words in topic.first_words),
    key=lambda pair: -len(pair[0]),
)
_LEAVING: Final = re.compile(r"^ks[45]_dest")
HEADLINES_AT_MOST: Final = 4


def topic_of(measure: str, said: str | None) -> Topic:
    """Return the heading of a measure: by its id, else as its series calls it.

    Args:
        measure: its id, which begins with its topic.
        said: the heading that its series lists it under.

    >>> topic_of("ks4_attainment8", "Key stage 4").title, topic_of("births", "Population").id
    ('Results at 16', 'population')
    >>> topic_of("ks4_destinations_sustained", None).id
    'destinations'
    """
    if _LEAVING.match(measure):
        return next(topic for topic in TOPICS if topic.id == "destinations")
    for words, topic in _WORDS:
        if measure == words or measure.startswith(f"{words}_"):
            return topic
    title = said or "Other figures"
    return Topic(re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "other", title, ())


def position_of(topic: Topic) -> int:
    """Return where a heading stands; those not foreseen come last."""
    return TOPICS.index(topic) if topic in TOPICS else len(TOPICS)
