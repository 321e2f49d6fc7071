"""Components that run inside Rasa: Dutch tokens, intent classifier, entities and the policy that asks back.

Imports `rasa` and `assistant.core`, nothing else of ours; nothing of ours imports this package.
"""
