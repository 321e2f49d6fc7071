"""Plain words of the house: utterance, reply, masking. Standard library, stdnum and phonenumbers only."""
