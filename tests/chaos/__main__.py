"""`python -m tests.chaos 10000`: prints the reconciliation; ends with 1 if a promise was broken."""

import argparse
import sys

from tests.chaos.run import run_chaos

if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("submissions", type=int, nargs="?", default=10_000)
    books = run_chaos(arguments.parse_args().submissions)
    print(books.table())
    sys.exit(0 if books.is_sound else 1)
