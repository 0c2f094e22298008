"""Under which heading a measure is told, in the order in which a parent asks."""

import re
from dataclasses import dataclass
from typing import Final

from config.terms import Phase


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
    Topic(
        "census",
        "Who goes there",
        ("census", "pupils"),
        (
            "census_pupils",
            "census_girls_pct",
            "census_fsm_pct",
            "census_eal_pct",
            "census_sen_support_pct",
            "census_ehcp_pct",
        ),
    ),
    Topic("places", "Places", ("places", "capacity", "scap", "admission_number", "scorecard")),
    Topic(
        "admissions",
        "Getting a place",
        ("admissions", "admission", "offer", "offers", "preferences", "preference", "applications"),
    ),
    Topic(
        "ks2",
        "Results at the end of primary school",
        ("ks1", "ks2", "phonics"),
        ("ks2_expected_pct", "ks2_higher_pct", "ks2_reading_progress", "ks2_maths_progress"),
    ),
    Topic(
        "ks4",
        "Results at 16",
        ("ks4",),
        ("ks4_attainment8", "ks4_progress8", "ks4_english_maths_5_pct"),
    ),
    Topic(
        "post16",
        "Results at 18",
        ("ks5", "post16", "level3", "alevel", "16_18"),
        ("ks5_alevel_points", "ks5_best3_points", "ks5_alevel_progress"),
    ),
    Topic(
        "absence",
        "Attendance",
        ("absence", "attendance"),
        ("absence_overall_pct", "absence_persistent_pct"),
    ),
    Topic(
        "destinations",
        "Where pupils go next",
        ("after16", "after18", "destinations", "destination", "dest"),
        (
            "after16_sustained_pct",
            "after16_education_pct",
            "after16_apprenticeship_pct",
            "after16_work_pct",
        ),
    ),
)
"""More words win over fewer: ``ks4_destinations`` is no result."""

_WORDS: Final = sorted(
    ((words, topic) for topic in TOPICS for words in topic.first_words),
    key=lambda pair: -len(pair[0]),
)
_LEAVING: Final = re.compile(r"^ks[45]_dest")
HEADLINES_AT_MOST: Final = 4

_PUPILS: Final = ("census", "absence")
EXPECTED: Final[dict[Phase, tuple[str, ...]]] = {
    Phase.PRIMARY: ("ks2", *_PUPILS),
    Phase.MIDDLE: ("ks2", *_PUPILS),
    Phase.SECONDARY: ("ks4", "destinations", *_PUPILS),
    Phase.ALL_THROUGH: ("ks2", "ks4", "destinations", *_PUPILS),
    Phase.SIXTEEN_PLUS: ("post16",),
    Phase.SPECIAL: _PUPILS,
    Phase.NURSERY: ("census",),
}
"""Headings that a reader looks for: where there are no figures under one, that is said."""


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
