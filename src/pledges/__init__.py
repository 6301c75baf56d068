"""Keep the promises that partners make to each other in one plain-text ledger.

Data goes through once, downhill: bytes are read into text, text into tables, tables into pledges
(or into every fault of the file), pledges into assessments at one as-of date; a query picks among
them, a view puts them into words, a renderer gives those words a look, and the text goes to
standard output.  Back: an edit becomes a new text of the ledger, reading that text proves that it
says exactly what was intended, and under a lock it takes the place of the old one.

``cli`` starts it, ``commands`` name the steps, ``ledger`` reads and writes the file, ``domain``
decides, ``view`` words, ``render`` draws.
"""

__version__ = "0.1.0"
