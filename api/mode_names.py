"""What ways of travelling are called in addresses: those on streets, and public transport."""

from typing import Final, Literal

import travel

JourneyMode = Literal[travel.Mode, "transit"]
"""A way of travelling that journeys can be asked for by."""

TRANSIT: Final = "transit"
JOURNEY_MODES: Final[tuple[JourneyMode, ...]] = (*travel.MODES, TRANSIT)
"""In reading order."""
