"""What may come in from outside: what a file is, what it may hold, and under which name it is kept. No database."""
