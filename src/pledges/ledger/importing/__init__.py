"""Pledges and updates from elsewhere: a spreadsheet, JSON or another ledger.

files       a file's bytes -> the kind of file, its text
sheets      CSV and TSV -> a Sheet: headings, and rows of texts
documents   JSON, NDJSON and ledgers -> a Sheet of values
columns     headings -> which column of ours each one gives
dates       a date as spreadsheets hold it -> a day or a period
cells       a cell -> the value of a term
rows        rows -> Entries: what is given of a pledge, in the shape of a ledger's tables
identities  each entry with an id: the one given, or the next one of its pillar
matching    an entry and the pledge of its id -> the pledge as it would be, and its edits
decisions   the asks of a pledge and those that are given -> which of them are the same
judging     what rows bring, by the rules that update and add hold
registers   what another ledger's pledges use of its registers
trial       all that speaks against the pledges as they would be
bringing    the whole of it: a sheet and a ledger -> edits, or every fault at row and column
"""
