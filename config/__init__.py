"""What is agreed before any data is read: words, settings, regions and assumptions."""
