"""Every phrase that is said of a pledge; each is made by one function."""
