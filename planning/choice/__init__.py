"""Who goes where: what families prefer, whom schools admit, and what follows from both."""
