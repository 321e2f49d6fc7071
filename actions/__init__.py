"""Custom actions of Rasa: slots in, one call into `assistant.placement`, answer keys out.

No sentence for people stands here: an action names keys of data/answers and the values to fill in; the words are chosen
by `/nlg`. One module per flow. They run inside the app, behind its internal door.
"""
