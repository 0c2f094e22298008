"""`make setup`: everything a fresh machine lacks, and nothing twice."""

from scripts.environment import prepare_environment
from scripts.node import prepare_frontend
from scripts.stamps import one_at_a_time, plain_failures


def prepare() -> None:
    """Prepare the virtual environment, the front end's packages and the built page.

    Raises:
        SetupError: something is missing that only the person at the keyboard can provide.
    """
    with one_at_a_time():
        prepare_environment()
        prepare_frontend()


if __name__ == "__main__":
    with plain_failures():
        prepare()
