"""Files: the lock, the temporary file, the replace, and what undo needs."""
