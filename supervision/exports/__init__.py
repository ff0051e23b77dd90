"""What is on the screen, to be taken away: as a workbook, as comma-separated text, as a brief on A4."""

from supervision.exports.formats import FORMATS, Format, write
from supervision.exports.tables import Cell, Column, Export, Part, Table

__all__ = ["FORMATS", "Cell", "Column", "Export", "Format", "Part", "Table", "write"]
