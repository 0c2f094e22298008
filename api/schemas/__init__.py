"""What the API takes in and gives out, as pydantic models; every field says what it is."""
