"""How much of a file is read at all. Over a cap the file is refused whole, with the cap in the sentence.

The largest of the sample tables has 13,599 rows, 17 columns and 4 MB; the caps leave room for ten times that and keep
a hostile file within about 200 MB of memory.
"""

from graph.errors import TooLarge

MEBIBYTE = 2**20

MAX_BYTES = 50 * MEBIBYTE
"""Longest file, as sent."""

MAX_UNPACKED = 80 * MEBIBYTE
"""Longest spreadsheet once unpacked: 2 million cells of about 40 bytes of XML each."""

MAX_RATIO = 200
"""Highest ratio of unpacked to packed size of one part over 1 MiB. The sample spreadsheets have at most 35; a bomb made
of one repeated byte has about 1,000."""

MAX_PARTS = 2_000
"""Most parts in a spreadsheet's archive: a part a sheet and a few more."""

MAX_ROWS = 200_000
"""Last row a table may have."""

MAX_COLUMNS = 500
"""Last column a table may have."""

MAX_CELLS = 2_000_000
"""Most cells of a workbook, rows × columns of each sheet's used area: the reader keeps the whole area, empty or not."""

MAX_TAGS = 9_000_000
"""Most tags in a workbook: four a cell (``<c><v></v></c>``) and some more. Counted first, because that is quick."""

MAX_CELL_LENGTH = 32_767
"""Longest text in a cell, in characters: what a spreadsheet program itself allows."""

MAX_TEXT = 64 * MEBIBYTE
"""Most characters of a workbook once every shared or repeated text stands in its cell."""


def refuse_over(count: int, cap: int, what: str, *, cure: str = "Split the table into smaller files.") -> None:
    """Raise ``TooLarge`` if ``count`` is over ``cap``; ``what`` is the plural noun of the sentence."""
    if count > cap:
        raise TooLarge(f"The file has more than {cap:,} {what}; this is the most that is read.", cure=cure)
