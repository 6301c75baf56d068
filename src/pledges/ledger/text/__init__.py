"""TOML text, and where things are in it."""
