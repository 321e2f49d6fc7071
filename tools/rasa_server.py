"""Start Rasa with the secret of this house and with only what a message needs; runs in Rasa's environment.

Rasa takes its token on the command line only, where every user of the machine can read it. Here it comes by the
environment, and the list of processes shows this file and the arguments without it. What is left out of Rasa, and why,
is in `tools/lean_rasa`.

    python tools/rasa_server.py --model FILE --port NUMBER [--interface ADDRESS]
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    # one message is too small to share out: more threads wait for each other, at twice the processor time
    os.environ.setdefault(_threads, "1")
SECRETS = Path("/run/secrets")
"""In a container each of these may come from a file of its own name, in small letters."""
for _name in ("MEEDOEN_RASA_TOKEN", "MEEDOEN_TRACKER_URL", "MEEDOEN_REDIS_URL"):
    if _name not in os.environ and (SECRETS / _name.lower()).is_file():
        os.environ[_name] = (SECRETS / _name.lower()).read_text(encoding="utf-8").strip()
os.environ.setdefault("MEEDOEN_REDIS_URL", "")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.lean_rasa import stand_ins  # noqa: E402

stand_ins.install()

from tools.lean_rasa import copying, door, graph, rules, seams, tracker_rows, whole_turns  # noqa: E402


def main() -> None:
    """Serve until a signal ends it."""
    asked = argparse.ArgumentParser(description="Rasa for Meedoen")
    asked.add_argument("--model", required=True)
    asked.add_argument("--interface", default="127.0.0.1")
    asked.add_argument("--port", type=int, default=5005)
    asked.add_argument("--endpoints", default="endpoints.yml")
    asked.add_argument("--credentials", default="credentials.yml")
    given = asked.parse_args()
    for part in (graph, copying, rules, seams, tracker_rows, whole_turns):
        part.install()

    from rasa import server
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    server.configure_cors = door.prepare
    configure_logging_and_warnings()
    configure_structlog()
    serve_application(
        given.model,
        credentials=given.credentials,
        interface=given.interface,
        port=given.port,
        auth_token=door.token_from_environment(),
        endpoints=AvailableEndpoints.read_endpoints(given.endpoints),
    )


if __name__ == "__main__":
    main()
