"""What may be done with a case through the API, and the doing of it."""
