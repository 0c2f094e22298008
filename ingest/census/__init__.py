"""The school census by school: its measures, and the two layouts it is published in."""
