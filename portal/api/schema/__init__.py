"""The OpenAPI 3.1 document, written from the declarations of `portal.api.doors.operation`."""
