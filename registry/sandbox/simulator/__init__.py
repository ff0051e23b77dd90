"""A platform as a client: files cases over HTTP while everything breaks, then counts what was lost or doubled.

It knows the API and nothing of our tables. The command is `manage.py simulate_platform`.
"""
