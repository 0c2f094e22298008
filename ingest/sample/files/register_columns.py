"""The columns of the register's file of all establishments, in its order, and its codes."""

from types import MappingProxyType
from typing import Final

COLUMNS: Final = tuple(
    line.strip()
    for line in """
    URN
    LA (code)
    LA (name)
    EstablishmentNumber
    EstablishmentName
    TypeOfEstablishment (code)
    TypeOfEstablishment (name)
    EstablishmentTypeGroup (code)
    EstablishmentTypeGroup (name)
    EstablishmentStatus (code)
    EstablishmentStatus (name)
    ReasonEstablishmentOpened (code)
    ReasonEstablishmentOpened (name)
    OpenDate
    ReasonEstablishmentClosed (code)
    ReasonEstablishmentClosed (name)
    CloseDate
    PhaseOfEducation (code)
    PhaseOfEducation (name)
    StatutoryLowAge
    StatutoryHighAge
    Boarders (code)
    Boarders (name)
    NurseryProvision (name)
    OfficialSixthForm (code)
    OfficialSixthForm (name)
    Gender (code)
    Gender (name)
    ReligiousCharacter (code)
    ReligiousCharacter (name)
    ReligiousEthos (name)
    Diocese (code)
    Diocese (name)
    AdmissionsPolicy (code)
    AdmissionsPolicy (name)
    SchoolCapacity
    SpecialClasses (code)
    SpecialClasses (name)
    CensusDate
    NumberOfPupils
    NumberOfBoys
    NumberOfGirls
    PercentageFSM
    TrustSchoolFlag (code)
    TrustSchoolFlag (name)
    Trusts (code)
    Trusts (name)
    SchoolSponsorFlag (name)
    SchoolSponsors (name)
    FederationFlag (name)
    Federations (code)
    Federations (name)
    UKPRN
    FEHEIdentifier
    FurtherEducationType (name)
    OfstedLastInsp
    OfstedSpecialMeasures (code)
    OfstedSpecialMeasures (name)
    LastChangedDate
    Street
    Locality
    Address3
    Town
    County (name)
    Postcode
    SchoolWebsite
    TelephoneNum
    HeadTitle (name)
    HeadFirstName
    HeadLastName
    HeadPreferredJobTitle
    BSOInspectorateName (name)
    InspectorateReport
    DateOfLastInspectionVisit
    NextInspectionVisit
    TeenMoth (name)
    TeenMothPlaces
    CCF (name)
    SENPRU (name)
    EBD (name)
    PlacesPRU
    FTProv (name)
    EdByOther (name)
    Section41Approved (name)
    SEN1 (name)
    SEN2 (name)
    SEN3 (name)
    SEN4 (name)
    SEN5 (name)
    SEN6 (name)
    SEN7 (name)
    SEN8 (name)
    SEN9 (name)
    SEN10 (name)
    SEN11 (name)
    SEN12 (name)
    SEN13 (name)
    TypeOfResourcedProvision (name)
    ResourcedProvisionOnRoll
    ResourcedProvisionCapacity
    SenUnitOnRoll
    SenUnitCapacity
    GOR (code)
    GOR (name)
    DistrictAdministrative (code)
    DistrictAdministrative (name)
    AdministrativeWard (code)
    AdministrativeWard (name)
    ParliamentaryConstituency (code)
    ParliamentaryConstituency (name)
    UrbanRural (code)
    UrbanRural (name)
    GSSLACode (name)
    Easting
    Northing
    MSOA (name)
    LSOA (name)
    InspectorateName (name)
    SENStat
    SENNoStat
    BoardingEstablishment (name)
    PropsName
    PreviousLA (code)
    PreviousLA (name)
    PreviousEstablishmentNumber
    OfstedRating (name)
    RSCRegion (name)
    Country (name)
    UPRN
    SiteName
    QABName (code)
    QABName (name)
    EstablishmentAccredited (code)
    EstablishmentAccredited (name)
    QABReport
    CHNumber
    MSOA (code)
    LSOA (code)
    FSM
    AccreditationExpiryDate
    """.strip().splitlines()
)

CODES: Final = MappingProxyType(
    {
        "TypeOfEstablishment": MappingProxyType(
            {
                "Community school": "01",
                "Voluntary aided school": "02",
                "Voluntary controlled school": "03",
                "Foundation school": "05",
                "City technology college": "06",
                "Community special school": "07",
                "Non-maintained special school": "08",
                "Other independent special school": "10",
                "Other independent school": "11",
                "Foundation special school": "12",
                "Pupil referral unit": "14",
                "Local authority nursery school": "15",
                "Further education": "18",
                "Academy sponsor led": "28",
                "Sixth form centres": "31",
                "Special post 16 institution": "32",
                "Academy special sponsor led": "33",
                "Academy converter": "34",
                "Free schools": "35",
                "Free schools special": "36",
                "Free schools alternative provision": "38",
                "Free schools 16 to 19": "39",
                "University technical college": "40",
                "Studio schools": "41",
                "Academy alternative provision converter": "42",
                "Academy alternative provision sponsor led": "43",
                "Academy special converter": "44",
                "Academy 16-19 converter": "45",
                "Academy 16 to 19 sponsor led": "46",
            }
        ),
        "EstablishmentTypeGroup": MappingProxyType(
            {
                "Colleges": "1",
                "Universities": "2",
                "Independent schools": "3",
                "Local authority maintained schools": "4",
                "Special schools": "5",
                "Other types": "9",
                "Academies": "10",
                "Free Schools": "11",
            }
        ),
        "EstablishmentStatus": MappingProxyType(
            {
                "Open": "1",
                "Closed": "2",
                "Open, but proposed to close": "3",
                "Proposed to open": "4",
            }
        ),
        "PhaseOfEducation": MappingProxyType(
            {
                "Not applicable": "0",
                "Nursery": "1",
                "Primary": "2",
                "Middle deemed primary": "3",
                "Secondary": "4",
                "Middle deemed secondary": "5",
                "16 plus": "6",
                "All-through": "7",
            }
        ),
        "OfficialSixthForm": MappingProxyType(
            {"Not applicable": "0", "Has a sixth form": "1", "Does not have a sixth form": "2"}
        ),
        "Gender": MappingProxyType(
            {"Not applicable": "0", "Boys": "1", "Girls": "2", "Mixed": "3"}
        ),
        "ReligiousCharacter": MappingProxyType(
            {"Does not apply": "00", "Church of England": "02", "Roman Catholic": "03"}
        ),
        "AdmissionsPolicy": MappingProxyType(
            {"Not applicable": "0", "Selective": "2", "Non-selective": "4"}
        ),
        "TrustSchoolFlag": MappingProxyType(
            {
                "Not applicable": "0",
                "Supported by a multi-academy trust": "3",
                "Supported by a single-academy trust": "5",
            }
        ),
    }
)
"""The register's code for each of its words, by the beginning of the two columns' names."""
