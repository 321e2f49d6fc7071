"""Simulated people who talk to the running house: a goal, a way of typing, patience; they see only words."""
