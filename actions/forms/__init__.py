"""Forms that people can leave: any order, back, skip, why, a question in between, stop, read-back and consent."""
