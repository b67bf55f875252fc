"""3W and 4W tables (who does what, where, when, for whom): rows → stakeholders, ties, areas, sectors, activities.

How a table is read:

* **Organisations** are identified by their acronym, or by their name without one, ignoring case and white space.
* **Ties.** In donor → programme partner → implementing partner, each two neighbours that are named and differ have a
  ``funds`` tie; if the one between is missing, the other two are neighbours. So the Ethiopian 4W of August 2025 has 274
  such ties between 184 organisations; 25 of their acronyms have two spellings of the name. Several organisations in one
  cell have ``partners_with`` ties.
* **Activities** are rows that agree in organisations and roles, area, sector, what is done, status and time.
* Whatever is merged, left out or guessed is a finding with row, column, value, reason and suggestion.

Importing the same table again changes nothing: every record has an external id (``identity``), and an import only adds
to stored records (``merging``).
"""
