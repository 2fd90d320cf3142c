"""People who sign in."""

from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user_model

PASSWORD = "un-mot-de-passe-long-42"


def user(name: str = "alix", **values: Any) -> Any:
    return get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD, **values)


def admin(name: str = "admin") -> Any:
    return user(name, is_staff=True, is_superuser=True)


def second_factor(person: Any) -> str:
    """Switch the second factor on and give its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code(secret: str, seconds: float, period: int = 30) -> str:
    """What the person's telephone shows at that time."""
    return format_hotp_value(hotp_value(secret, int(seconds) // period))
