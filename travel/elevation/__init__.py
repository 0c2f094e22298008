"""Heights of the ground, from rasters or files of nodes."""
