"""The tables step by step, written by hand: ``NNNN_name.py`` each with ``up(database)``; runner.py applies them."""
