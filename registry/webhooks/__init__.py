"""Events on their way to other systems: their place in the feed, who wants them, and sending them."""
