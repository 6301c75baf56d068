"""The store: finding a ledger, reading it, and telling every fault that it has."""
