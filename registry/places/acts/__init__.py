"""Acts that change administrative divisions: planned, looked at, agreed to, done on their day, never undone.

`numbering` and `plan` are pure; `planning` makes a plan out of what an officer asks for; `preview` says what a plan
touches and what stands against it; `deciding` moves an act; `doing` carries it out; `handing` carries rows along.
"""
