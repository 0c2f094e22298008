"""Measurements, beside peers and references where there are any."""
