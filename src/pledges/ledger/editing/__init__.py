"""From one text of a ledger to another, proven by reading it again."""
