"""The law as pure functions: no I/O, no web framework, no database, no clock."""
