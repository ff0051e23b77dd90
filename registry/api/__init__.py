"""The REST API of the register and of casework: other systems see and do what people see and do, by the same rules."""
