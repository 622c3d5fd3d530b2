"""manage.py with this checkout's own database and keys."""

import subprocess
import sys

from script.lib import embedded, environment
from script.lib.cluster import ClusterError
from script.lib.paths import ROOT
from script.lib.speech import complain


def main(arguments: list[str]) -> int:
    """Run the command; the database is started for it when nobody else uses it."""
    try:
        with embedded.database() as database:
            command = environment.manage(*arguments)
            env = environment.owners(database)
            return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    except ClusterError as error:
        complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
