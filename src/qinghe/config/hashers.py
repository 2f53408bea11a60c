"""How passwords are kept."""

from django.contrib.auth import hashers


class Argon2Hasher(hashers.Argon2PasswordHasher):
    """Argon2id at the floor OWASP names: 30 ms a sign-in, where Django's own choice takes 150.

    On an event day a few hundred people sign in within minutes on two cores.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
