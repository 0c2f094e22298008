"""Questions to a build's database; the only SQL outside ``ingest``."""
