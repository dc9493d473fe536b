"""Dated values of the law as data: the calendar of rest days, and parameters in profiles laid over the national one."""
