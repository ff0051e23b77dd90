"""What people fill in on the pages of supervision. They describe and check; they never write."""
