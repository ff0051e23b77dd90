"""Statistics in fixed tables: what stands in them, how they are filled for a period, and how two of them differ."""
