"""The shell: one file a command, each of which declares its options, calls the core and answers."""
