"""What if: an edited copy of one policy document held against the live register. Nothing is written."""
