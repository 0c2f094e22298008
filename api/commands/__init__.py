"""The commands of ``atlas``, one module a group."""
