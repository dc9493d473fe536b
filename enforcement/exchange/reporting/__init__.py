"""Outcomes of a checked file as people and programs read them: a table, JSON, a workbook."""
