"""3W and 4W tables (who does what, where, when, for whom): rows → stakeholders, ties, areas, sectors, activities.

How a table is read:

* **Organisations** are identified by their acronym, by their name where there is none, case and white space aside.
* **Ties.** Each two neighbours of donor → programme partner → implementing partner that are named and differ are a
  ``funds`` tie; where the one in between is missing, its neighbours are each other's. So the Ethiopian 4W of August
  2025 has 274 of them between 184 organisations, 25 of whose acronyms stand for two spellings of a name. Several
  organisations in one cell are ``partners_with`` each other.
* **Activities** are rows that agree in organisations and roles, area, sector, what is done, status and time.
* What is merged, dropped or guessed is a finding with row, column, value, reason and suggestion.

The same table again changes nothing: all that is made carries an external id (``identity``), and what is kept is only
ever added to (``merging``).
"""
