"""Rasa with only what a message needs: the same answers for a fraction of the processor time and half the memory.

`tools/rasa_server.py` starts Rasa through this package; nothing of Rasa's files is changed. Each module takes one part
and says what it leaves out and why that changes no answer (docs/adr/0015-speed.md has the measurements):

    stand_ins       TensorFlow and the clients of other chat services are not loaded
    graph           the model's components are called one after the other, without dask
    copying         a tracker is copied, not replayed; nothing is copied for debug lines that nobody reads
    seams           the app gets a short tracker over one kept connection
    rules           RulePolicy looks no further back than its longest rule
    tracker_rows    the talk is kept in memory beside its rows, and written in one go
    whole_turns     a turn that fails half-way leaves nothing behind
    door            one call for a message: understood, decided and answered

`tests/unit/nlu/test_lean_rasa.py` plays both side by side.
"""
