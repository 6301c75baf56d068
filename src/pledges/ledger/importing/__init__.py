"""Pledges and updates from elsewhere: a spreadsheet, JSON or another ledger.

sheets       a file -> headings, and rows of cells
headings     headings -> the column that each one means
cells        a cell -> the value of a term
rows         rows -> what each gives of a pledge, with an id
matching     a row and the pledge of its id -> the pledge as it would be, and its edits
import_plan  the whole of it: a file and a ledger -> edits, or every fault
"""
