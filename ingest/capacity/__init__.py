"""The school capacity survey: the layouts it was published in, and how each becomes rows."""
