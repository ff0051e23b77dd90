"""A believable register to try the portal on: real places, invented people and organisations.

Names, numbers and persons are made up; the places are real. Everything is derived from the code of the
place, so that two machines show the same.
"""
