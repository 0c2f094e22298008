"""`make format`: lay out the code, and mend what the linter can mend by itself."""

from scripts.environment import VENV
from scripts.setup import prepare_tools
from scripts.stamps import call, plain_failures


def main() -> None:
    """Format every Python file and apply the linter's safe corrections."""
    with plain_failures():
        prepare_tools()
        ruff = VENV / "bin" / "ruff"
        call([ruff, "check", "--fix-only", "--quiet"])
        call([ruff, "format"])


if __name__ == "__main__":
    main()
