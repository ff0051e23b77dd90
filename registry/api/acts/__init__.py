"""What may be done with a case through the API. Reads only: the case tells it, the doors of the desks do it."""
