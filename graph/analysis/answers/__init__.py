"""The form of an answer: its rows, order, tied groups, evidence, sample error and wording."""
