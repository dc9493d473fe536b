"""Benchmarks, run by hand from the top of the checkout and never by the tests; what they measure is in docs/performance.md.

    python -m benchmarks.rules --count 100000

Run them as modules: by path, ``rules.py`` and ``http.py`` would hide the packages of those names. Each one prints the rows of
its table in docs/performance.md, ready to paste.
"""
