"""The telephone: one talk by ear and keys over three kinds of exchange."""
