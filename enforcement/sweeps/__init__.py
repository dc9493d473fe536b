"""Work that comes by itself: the daily sweep, the digests, and who of many processes does which."""
