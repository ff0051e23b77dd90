"""What is on the screen, to be taken away: as a workbook, as comma-separated text, as a brief on A4."""
