"""The base of every error the atlas raises on purpose."""


class AtlasError(Exception):
    """A failure whose message is written for the person who can act on it.

    The message names the thing, what was found, and what to do. Errors become exit codes in
    ``api.cli`` and HTTP statuses in ``api.problems``, each in one table.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class ConfigError(AtlasError):
    """A setting, a region file or another declaration that cannot be used."""
