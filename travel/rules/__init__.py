"""What each mode makes of tags: who may go where, and how fast."""
