"""Bulk exports: jobs that write exactly what a list would show."""
