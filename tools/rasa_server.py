"""Start Rasa with the secret of this house; runs in Rasa's environment.

Rasa takes its token on the command line only, where every user of the machine can read it. Here it comes by the
environment, and the list of processes shows this file and the arguments without it.
"""

from __future__ import annotations

import os
import sys

from rasa.__main__ import main

if __name__ == "__main__":
    sys.argv = ["rasa", *sys.argv[1:], "--auth-token", os.environ.pop("MEEDOEN_RASA_TOKEN")]
    main()
