"""The doors of the desks: a step of a case, its clocks, having it in hand, asking other bodies."""
