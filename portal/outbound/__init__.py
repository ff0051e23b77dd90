"""Requests that leave the house: only to addresses that are meant, pinned to what was looked up.

`portal.outbound.sending.post(url, body, headers) -> Answer` is the only way out for webhooks and pushes.
"""
