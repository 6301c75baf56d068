"""TOML text, and the positions of keys and values in it."""
