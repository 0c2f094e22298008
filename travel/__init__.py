"""Streets to minutes; knows no school and no database."""
