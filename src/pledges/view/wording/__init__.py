"""Every phrase that the program says of a pledge, one function each."""
