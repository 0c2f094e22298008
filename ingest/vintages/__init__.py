"""Forecasts that were taken into use, kept for good with what they were made from."""
