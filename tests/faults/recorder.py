"""A process that records cases until it is killed, saying each one's id once it is acknowledged."""

import sys
from datetime import datetime

from enforcement.cases import operations
from enforcement.db import attach
from enforcement.db import connected
from enforcement.models import User
from tests.office import PENALTY


def main(url: str, name: str, now: datetime) -> None:
    attach(url)
    with connected():
        officer = User.get(User.login == "officer")
        for number in range(100_000):
            case = operations.record(officer, "penalty", {**PENALTY, "number": f"{name}-{number}"}, now)
            sys.stdout.write(case.public_id + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3]))
