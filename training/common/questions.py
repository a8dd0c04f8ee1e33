"""The mini judge's questions, as training/export/questions.ts wrote them."""

import json

import numpy as np

from training.common.world import DATA, WORLD

QUESTIONS = json.loads((DATA / "questions.json").read_text())
LENGTH, EACH, KINDS = QUESTIONS["length"], QUESTIONS["each"], QUESTIONS["kinds"]
VOCABULARY = QUESTIONS["vocabularySize"]
PADDING, UNKNOWN, ANSWER, END = 0, 1, 2, 3
YES, NO, CANNOT_TELL = (QUESTIONS["answers"][answer] for answer in ("yes", "no", "i can't tell"))


class QuestionSplit:
    """tokens uint8 [N,24,32]: question, mark, answer, end, padding; kinds uint8 [N,24]."""

    def __init__(self, name: str):
        self.tokens = np.fromfile(DATA / f"{name}.questions.bin", np.uint8).reshape(-1, EACH, LENGTH)
        self.kinds = np.fromfile(DATA / f"{name}.kinds.bin", np.uint8).reshape(-1, EACH)


def kind_words() -> dict:
    """Token id of each kind's noun (its last word, singular and plural) -> the kind's index."""
    ids = {word: at + 4 for at, word in enumerate(QUESTIONS["words"])}
    nouns = {at: kind.split()[-1] for at, kind in enumerate(WORLD["kinds"])}
    return {ids[form]: at for at, noun in nouns.items() for form in (noun, f"{noun}s") if form in ids}


def answered(question, answer) -> np.ndarray:
    """One row of tokens: `question` (ids that end with the mark) and `answer` (ids that end with the end)."""
    row = np.zeros(LENGTH, np.uint8)
    row[: len(question)], row[len(question) : len(question) + len(answer)] = question, answer
    return row


def reanswered(row: np.ndarray, answer) -> np.ndarray:
    """The same question with another answer."""
    return answered(row[: mark(row) + 1], answer)


def mark(rows: np.ndarray) -> np.ndarray:
    """Where the answer mark stands: an index, or one a row."""
    return (rows == ANSWER).argmax(-1)


def fixed(kind: str, generator: np.random.Generator, yes: bool) -> np.ndarray:
    """A question whose answer depends on what was done to the image: "quality" or "writing"."""
    forms = QUESTIONS["fixed"][kind]
    return answered(forms[generator.integers(len(forms))], YES if yes else NO)
