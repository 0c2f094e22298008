"""A made-up county, written as the publishers write their files."""
