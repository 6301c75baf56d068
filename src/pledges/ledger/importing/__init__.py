"""Pledges and updates from elsewhere: a spreadsheet, JSON or another ledger.

files      a file's bytes -> the kind of file, its text
sheets     CSV and TSV -> a Sheet: headings and rows of texts
documents  JSON, NDJSON and ledgers -> a Sheet of values
columns    headings -> which of our columns each one gives
cells      a cell -> the value of a term
rows       rows -> Entries: what is given of a pledge, in the shape of a ledger's tables
matching   an entry and the pledge of its id -> the pledge as it would be
trial      all of them together -> what speaks against it
bringing   from a sheet and a ledger to edits, or to every problem at its row and column
"""
