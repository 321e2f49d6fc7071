"""Watching the house: figures for Prometheus, health for orchestrators, log lines and traces; never about a person.

No label, log line or span holds a name, a text or a conversation id. The other rooms do not know of this one:
running/app.py puts its watchers around them.
"""
