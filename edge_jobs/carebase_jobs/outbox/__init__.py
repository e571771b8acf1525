"""The worker of the outbox: claims what is due, sends it, settles what became of it."""
