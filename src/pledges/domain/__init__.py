"""The core, pure: no file, no clock, no printing."""
