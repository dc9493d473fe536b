"""Backups of an embedded book: made while it is in use, checked before they replace anything."""
