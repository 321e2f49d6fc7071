"""What the browser's door and the telephone share: an ear, a mouth, and small orders that somebody says."""

from assistant.voice.talk.ear import SURE, Ear, EarEvent, Final, Partial
from assistant.voice.talk.engines import Engines
from assistant.voice.talk.mouth import Saying, pieces
from assistant.voice.talk.orders import Order, order_in

__all__ = ["SURE", "Ear", "EarEvent", "Engines", "Final", "Order", "Partial", "Saying", "order_in", "pieces"]
