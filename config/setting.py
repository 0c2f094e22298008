"""What every setting of a place planner says: who set it, when, and why."""

import datetime as dt
from abc import abstractmethod
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

EARLIEST: Final = dt.date(2000, 1, 1)
"""A setting said to be older is taken for a slip of the pen."""


class Strict(BaseModel):
    """Refuses keys that it does not know, and names those that it does."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )

    @model_validator(mode="before")
    @classmethod
    def _knows_every_key(cls, given: object) -> object:
        if isinstance(given, dict) and (
            odd := [key for key in given if key not in cls.model_fields]
        ):
            raise ValueError(
                f"{', '.join(map(str, odd))} is no setting here; there are "
                f"{', '.join(cls.model_fields)}"
            )
        return given


class Setting(Strict):
    """One choice of a planner's.

    Attributes:
        set_by: a role or a team, never a person's name: it is shown to readers.
        set_on: the day from which it is assumed. A later setting of the same thing takes its
            place; both stay in the log.
        why: in words that a member or a head teacher understands.
    """

    set_by: str = Field(min_length=1)
    set_on: dt.date
    why: str = Field(min_length=1)

    @field_validator("set_on")
    @classmethod
    def _is_recent(cls, day: dt.date) -> dt.date:
        if day < EARLIEST:
            raise ValueError(f"{day} is before {EARLIEST}")
        return day

    @property
    @abstractmethod
    def about(self) -> tuple[str, ...]:
        """What is set: two settings that say the same here are about one thing."""

    def is_later_than(self, other: Self) -> bool:
        """Say whether this one takes the other's place."""
        return self.about == other.about and self.set_on > other.set_on
