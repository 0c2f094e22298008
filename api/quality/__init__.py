"""Data quality: what figures of several sources say of each other. Pure functions over rows."""
