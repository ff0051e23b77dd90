"""Papers as PDF: certificates, receipts and notices, set by Typst with embedded Chinese fonts."""

from registry.documents.render import certificate, receipt

__all__ = ["certificate", "receipt"]
