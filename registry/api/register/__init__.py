"""Reading the register: organisations, hubs, places, directories. Nothing here writes."""
