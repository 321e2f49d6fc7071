"""The public door (chat API, page, health) and the internal door for Rasa (actions and answers)."""
