"""The sections of the status report."""
