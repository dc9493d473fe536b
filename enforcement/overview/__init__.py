"""What a person should look at first: their duties, the queue, the honest rate, the machinery."""
