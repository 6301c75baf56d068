"""Three versions of a ledger merged into one: by pledge, key and entry."""
