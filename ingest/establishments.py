"""What the register's words for an establishment mean: who pays, which phase, is it a school."""

from typing import Final

from config.terms import Phase, Sector

REGISTER_FILES: Final = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public/"
"""Folder of the register's daily files: all establishments, and beside them their links."""

STATE_TYPES: Final = (
    "Academy 16 to 19 sponsor led",
    "Academy 16-19 converter",
    "Academy alternative provision converter",
    "Academy alternative provision sponsor led",
    "Academy converter",
    "Academy secure 16 to 19",
    "Academy special converter",
    "Academy special sponsor led",
    "Academy sponsor led",
    "City technology college",
    "Community school",
    "Community special school",
    "European schools",
    "Foundation school",
    "Foundation special school",
    "Free schools",
    "Free schools 16 to 19",
    "Free schools alternative provision",
    "Free schools special",
    "Further education",
    "Institution funded by other government department",
    "Local authority nursery school",
    "Non-maintained special school",
    "Pupil referral unit",
    "Secure units",
    "Sixth form centres",
    "Special post 16 institution",
    "Studio schools",
    "University technical college",
    "Voluntary aided school",
    "Voluntary controlled school",
    "Welsh establishment",
)
"""Types whose places public money pays for, whoever runs them.

City technology colleges stand in the register's group of independent schools, and the Department
funds them. Non-maintained special schools and special post-16 institutions are run by charities
and companies; authorities and the Department pay for their places. The register has one type for
all of Wales: nearly all of them are maintained.
"""

INDEPENDENT_TYPES: Final = ("Other independent school", "Other independent special school")

NO_SCHOOLS: Final = {
    "Higher education institutions": "a university",
    "Miscellaneous": "a language school, adult college, tuition service or the like",
    "British schools overseas": "abroad",
    "Offshore schools": "not in England",
    "Service children's education": "abroad",
    "Online provider": "has no place to walk to",
    "Children's centre": "for families, not a school",
    "Children's centre linked site": "for families, not a school",
    "EY setting": "childcare, not a school",
    "Playing for success centres": "for after school",
}
"""Types that no child of the region walks to as its school, and why: left out, and noted."""

STATE_GROUPS: Final = (
    "Academies",
    "Colleges",
    "Free schools",
    "Local authority maintained schools",
)
"""Groups that decide for a type not declared yet; the other groups are mixed, or independent."""

PHASES: Final = {
    "Nursery": Phase.NURSERY,
    "Primary": Phase.PRIMARY,
    "Middle deemed primary": Phase.MIDDLE,
    "Middle deemed secondary": Phase.MIDDLE,
    "Secondary": Phase.SECONDARY,
    "All-through": Phase.ALL_THROUGH,
    "16 plus": Phase.SIXTEEN_PLUS,
}
PHASES_BY_TYPE: Final = {
    "nursery": Phase.NURSERY,
    "special post 16": Phase.SIXTEEN_PLUS,
    "special": Phase.SPECIAL,
    "alternative provision": Phase.ALTERNATIVE,
    "pupil referral": Phase.ALTERNATIVE,
    "secure unit": Phase.ALTERNATIVE,
    "16 to 19": Phase.SIXTEEN_PLUS,
    "16-19": Phase.SIXTEEN_PLUS,
    "sixth form centre": Phase.SIXTEEN_PLUS,
    "further education": Phase.SIXTEEN_PLUS,
}
"""Part of the type's name to the phase it means, the first that fits; wins over ``PHASES``."""

PRIMARY_UNTIL_AGE: Final = 13
"""A school that states no phase and stops by this age is primary (prep schools end at 13)."""
SECONDARY_FROM_AGE: Final = 9


def is_known(type_name: str) -> bool:
    """Say whether a type of establishment is declared here."""
    return _key(type_name) in _DECLARED


def why_no_school(type_name: str) -> str | None:
    """Say why a type is left out, or ``None`` for a school.

    >>> why_no_school("Offshore schools"), why_no_school("Studio schools")
    ('not in England', None)
    """
    return _WHY_NO_SCHOOL.get(_key(type_name))


def sector(type_name: str, type_group: str = "") -> Sector:
    """Tell who pays: as declared for the type, else by its group, else independent.

    A school taken for a state school counts as places for everybody; so none is by default.

    >>> sector("Other independent special school"), sector("City technology college")
    (<Sector.INDEPENDENT: 'independent'>, <Sector.STATE: 'state'>)
    """
    declared = _SECTORS.get(_key(type_name))
    if declared is not None:
        return declared
    is_state = _key(type_group) in map(_key, STATE_GROUPS)
    return Sector.STATE if is_state else Sector.INDEPENDENT


def phase(type_name: str, phase_gias: str, age_low: float | None, age_high: float | None) -> Phase:
    """Tell the phase: by type where that decides it, else as registered, else by ages.

    >>> phase("Free schools special", "Not applicable", 4, 16)
    <Phase.SPECIAL: 'special'>
    >>> phase("Other independent school", "Not applicable", 3, 11)
    <Phase.PRIMARY: 'primary'>
    """
    kind = type_name.casefold()
    for part, found in PHASES_BY_TYPE.items():
        if part in kind:
            return found
    if phase_gias in PHASES:
        return PHASES[phase_gias]
    if age_low is None or age_high is None:
        return Phase.NOT_STATED
    if age_high <= PRIMARY_UNTIL_AGE:
        return Phase.PRIMARY
    return Phase.SECONDARY if age_low >= SECONDARY_FROM_AGE else Phase.ALL_THROUGH


def web_address(text: str) -> str | None:
    """Make an address of what the register has, or ``None`` where it cannot be one.

    >>> web_address("www.school.example")
    'https://www.school.example'
    >>> web_address("javascript:alert(1)") is None, web_address("none") is None
    (True, True)
    """
    address = text.strip().replace("\\", "/")
    if not address.casefold().startswith(("http://", "https://")):
        address = f"https://{address.lstrip(':/')}"
    host = address.split("//", 1)[1].split("/", 1)[0]
    is_host = "." in host and ":" not in host and not any(mark in host for mark in " @'\"<>()")
    return address if is_host else None


def _key(name: str) -> str:
    """Spell a type or group so that capitals and curly apostrophes do not tell two apart."""
    return name.strip().casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


_SECTORS: Final = {
    **dict.fromkeys(map(_key, STATE_TYPES), Sector.STATE),
    **dict.fromkeys(map(_key, INDEPENDENT_TYPES), Sector.INDEPENDENT),
}
_WHY_NO_SCHOOL: Final = {_key(kind): why for kind, why in NO_SCHOOLS.items()}
_DECLARED: Final = frozenset({*_SECTORS, *_WHY_NO_SCHOOL})
