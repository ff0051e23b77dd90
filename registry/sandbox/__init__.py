"""The sandbox: desks that answer by themselves, always the same way, for whoever tries the API out."""
