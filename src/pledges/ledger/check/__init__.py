"""What is doubtful in a ledger, although no command is stopped by it."""
