"""Names of the made-up country: English-sounding, and no real place, school, saint or person."""

from ingest.sample.names.county import (
    AuthorityNames,
    CountyNames,
    authority_names,
    county_names,
)
from ingest.sample.names.names import Names

__all__ = ["AuthorityNames", "CountyNames", "Names", "authority_names", "county_names"]
