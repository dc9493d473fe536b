"""The audit: an append-only chain of every change, and the check that it is whole."""
