"""The commands of this project, for a bare machine: Python 3.11 with pip and nothing else.

Nothing here may import Django, or anything else outside the standard library: these modules
run before the first package is installed. `python3 -m portal.bootstrap help` lists the commands.
"""
