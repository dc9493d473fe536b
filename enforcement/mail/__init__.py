"""Mail: what a digest says, the outbox, and handing over to a server or a folder."""
