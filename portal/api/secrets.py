"""Hashing of client secrets: they are long and random, so that a slow hash protects nothing and delays every token."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """PBKDF2 with few rounds, for 128 random characters only; never for what a person chooses."""

    algorithm = "pbkdf2_quick"
    iterations = 1000
