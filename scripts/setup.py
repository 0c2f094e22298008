"""`make setup`: everything a fresh machine lacks, and nothing twice."""

from scripts.environment import prepare_environment
from scripts.node import build_page, install_packages
from scripts.stamps import one_at_a_time, plain_failures


def prepare() -> None:
    """Prepare all there is: the tools and the built page.

    Raises:
        SetupError: something is missing that only the person at the keyboard can provide.
    """
    with one_at_a_time():
        prepare_environment()
        install_packages()
        build_page()


def prepare_tools() -> None:
    """Prepare the Python environment and the front end's packages, without building the page.

    Raises:
        SetupError: something is missing that only the person at the keyboard can provide.
    """
    with one_at_a_time():
        prepare_environment()
        install_packages()


if __name__ == "__main__":
    with plain_failures():
        prepare()
