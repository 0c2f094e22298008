"""What is assumed about intakes, from ``config/assumptions/intake.toml``."""

from dataclasses import dataclass, fields

from config.assumptions import assumptions


@dataclass(frozen=True, slots=True)
class Settings:
    """What is assumed; the entries of the file of assumptions say what each means."""

    fades: float
    fades_transfers: float
    recent_years: float
    survival_years: float
    flow_years: float
    known_homes: float
    lent_to_small_areas: float
    lent_to_planning_areas: float
    lent_births: float
    ceiling_share: float
    ceiling_near: float
    demand_spread: float
    joining: float
    remembered_years: float
    few: float

    @classmethod
    def assumed(cls) -> "Settings":
        """Read what is assumed."""
        told = assumptions("intake")
        return cls(**{each.name: told[each.name].value for each in fields(cls)})
