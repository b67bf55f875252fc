"""Lists of words, written as text with commas: a table of them reads best without a quotation mark around each."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and phrases between the commas, trimmed, without empty ones."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
