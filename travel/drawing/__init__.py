"""Travel times as pictures: time fields, grids and bands."""
