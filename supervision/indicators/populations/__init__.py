"""The sets that are counted, each a queryset with `at` (12-digit code), `thing` (id of a place, organisation or entry)
and, where a row counts more than one, `amount`.

A number on a board is the size of such a set inside a code range, and the list behind the number is the set
itself, so the two cannot differ.
"""
