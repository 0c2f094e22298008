"""The way itself: what a journey travels along, draws and crosses; and which place is nearest."""
