"""Figures put together from values: by topic, over years, beside others. Pure functions."""
