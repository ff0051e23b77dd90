"""The ways of the API that every app shares: who calls, how often, how it is answered, how it says no."""
