"""Lists of words written as one text with commas, which is easier to read than quoting each word."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and phrases between the commas, trimmed, without empty ones."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
