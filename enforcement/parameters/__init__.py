"""The office's own law values: dated parameters and its catalogue of major decisions, laid over the profile's."""
