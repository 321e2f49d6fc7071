"""What can be wrong with an answers file, said to an editor: file, line, what, and what was probably meant."""

from __future__ import annotations

from assistant.errors import MeedoenError


class AnswerFileError(MeedoenError):
    """An answers or municipality file cannot be used; the message names file and line."""

    code = "answers.file"
    answer_key = "storing/algemeen"

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"{file}, regel {line}: {what}")
        self.file, self.line, self.what = file, line, what
