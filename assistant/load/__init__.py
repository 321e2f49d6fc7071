"""`make load`: turns a second, what a turn costs, and the same for stock Rasa in the same run."""
