"""Requests that leave the house: only to addresses that are meant, pinned to what was looked up."""
