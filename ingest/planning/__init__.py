"""From tables of a build to what ``planning`` works on, and back to tables."""
