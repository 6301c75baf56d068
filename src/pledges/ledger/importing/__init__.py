"""Pledges and updates from elsewhere: a register in a spreadsheet, JSON or another ledger.

files          a file -> what kind it is
sheets         rows of cells under headings, and how their heading is found
  delimited      CSV and TSV; records: JSON and ledgers; workbooks: Excel; own_workbook: of ours
  ask_form       a form that ``ask`` wrote; form_log: its answers as a log
mapping        how a register is read; mapping_file reads it, mapping_options: what is said for once
  learning       a first mapping, by guesses
targets        what a column can give
headings       headings and a mapping -> the column that each one means; heading_places: where
templates      texts that are put together from several columns
cells          a cell -> values of terms; cell_texts: its text; cell_values: a text as a value
  sheet_dates    dates as people write them
registers      pillars, parties and sources by title, and new ones
row_reader     a row -> what its cells give of a pledge
rows           rows -> pledges; row_ids: the id of each, given or the next one
contradictions what a spreadsheet has spoilt
matching       a row and the pledge of its id -> the pledge as it would be, and its edits
  merging        terms and records that are given; row_news: updates
objections     what is wrong with that
vanished       pledges that the file has no more
import_plan    the whole of it: a file, a mapping and a ledger -> edits, or every fault
"""
