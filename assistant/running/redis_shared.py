"""One connection pool to Redis for everything that several gateways share, and what "Redis is gone" means.

Redis holds nothing that may not be lost: turns that are going on, what was said in the last half hour, and news of
changes. Without it every gateway goes on by itself.
"""

from __future__ import annotations

import redis.asyncio
import redis.exceptions

GONE = (redis.exceptions.RedisError, OSError, TimeoutError)
"""What is raised when Redis does not answer."""
PATIENCE = 1.0
"""Seconds that Redis gets for an answer: it is on the same network and answers within a millisecond."""
Client = redis.asyncio.Redis


def connect(url: str) -> Client:
    """Return a client that connects at first use."""
    made: Client = redis.asyncio.Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, health_check_interval=15
    )
    return made
