"""Microphone and telephone: speak, listen and take turns, all on our own server."""
