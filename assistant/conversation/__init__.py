"""The road of a message: admit, guard, understand and decide (Rasa), word, record, reply."""
