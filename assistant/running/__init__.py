"""Starting the whole house on one machine: train when needed, database, Rasa, app, and everything down at Ctrl-C."""
