"""Calendar feeds: a person's deadlines at an address that only they know, for the calendar on a telephone."""
