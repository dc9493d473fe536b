"""Documents, photos and recordings of a case: taken in by what they are, kept with their hash, given out as attachments."""
