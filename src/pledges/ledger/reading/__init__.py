"""From a file to a ledger, or to every fault that it has."""
