"""Meedoen: a Dutch chat and voice assistant on sheltered work for municipalities."""
