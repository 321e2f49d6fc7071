-- Rasa's talks in a database of their own: what it keeps never mixes with registrations.
CREATE DATABASE meedoen_tracker;
