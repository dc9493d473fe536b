"""Agencies and their officers; users, their passwords and tokens, and what each may see."""
