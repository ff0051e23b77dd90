"""Messages on their way out of the house: their words, the queue they wait in, and how they are sent."""
