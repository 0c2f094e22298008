"""The web application and the ``atlas`` command."""
