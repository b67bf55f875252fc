"""The largest file that is read. A file over a limit is refused as a whole; the error names the limit.

The largest of the sample tables has 13,599 rows, 17 columns and 4 MB; the limits leave room for ten times that and keep
a hostile file within about 200 MB of memory.
"""

from graph.errors import TooLarge

MEBIBYTE = 2**20

MAX_BYTES = 50 * MEBIBYTE
"""Longest file, as uploaded."""

MAX_UNPACKED = 80 * MEBIBYTE
"""Longest spreadsheet once unpacked: 2 million cells of about 40 bytes of XML each."""

MAX_RATIO = 200
"""Highest ratio of unpacked to packed size of one part over 1 MiB. The sample spreadsheets have at most 35; a bomb made
of one repeated byte has about 1,000."""

MAX_PARTS = 2_000
"""Most parts in a spreadsheet's zip archive: one for each sheet and a few more."""

MAX_ROWS = 200_000
"""Last row a table may have."""

MAX_COLUMNS = 500
"""Last column a table may have."""

MAX_CELLS = 2_000_000
"""Most cells of a workbook, rows × columns of each sheet's used area: the reader holds the whole area, empty or not."""

MAX_TAGS = 9_000_000
"""Most tags in a workbook: four for each cell (``<c><v></v></c>``) and more. Checked first, as counting is quick."""

MAX_CELL_LENGTH = 32_767
"""Longest text in a cell, in characters: what a spreadsheet program itself allows."""

MAX_TEXT = 64 * MEBIBYTE
"""Most characters of a workbook once every shared or repeated text is copied into its cell."""


def refuse_over(count: int, limit: int, what: str, *, cure: str = "Split the table into smaller files.") -> None:
    """Raise ``TooLarge`` if ``count`` is over ``limit``; ``what`` is the plural noun of the message."""
    if count > limit:
        raise TooLarge(f"The file has more than {limit:,} {what}, which is the most that can be read.", cure=cure)
