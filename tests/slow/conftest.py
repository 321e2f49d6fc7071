"""Tests that take minutes of both cores: left out unless MEEDOEN_SLOW=1 (`make test-slow`)."""

import os

collect_ignore_glob = [] if os.environ.get("MEEDOEN_SLOW") == "1" else ["test_*.py"]
