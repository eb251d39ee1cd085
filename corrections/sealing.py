"""What must not lie readable in the database: sealed texts can be opened again, keyed hashes cannot."""

import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

# Fernet writes the time of sealing beside the text, readable without the key. When somebody wrote is part of
# who somebody is, so the field is left at zero.
_NO_TIME = 0


class CannotUnseal(Exception):
    """None of the keys opens it: another key sealed it, or it was changed."""


class Sealer:
    """Seals texts with the first key and opens what any of the keys has sealed.

    `keys` are Fernet keys (32 bytes, URL-safe base64); ValueError where there is none or one is malformed.
    Sealing hides the words and shows any change of them; it hides neither their approximate length nor in
    which row they stand.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        """The text, encrypted and signed; another result each time."""
        return self._fernet.encrypt_at_time(text.encode(errors="surrogatepass"), _NO_TIME).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """The text again. Raises CannotUnseal."""
        try:
            opened = self._fernet.decrypt(sealed.encode(errors="surrogatepass"))
        except InvalidToken:
            raise CannotUnseal from None
        return opened.decode(errors="surrogatepass")

    def rotate(self, sealed: str) -> str:
        """The same text sealed with the first key, so that older ones can be retired. Raises CannotUnseal."""
        try:
            return self._fernet.rotate(sealed.encode(errors="surrogatepass")).decode("ascii")
        except InvalidToken:
            raise CannotUnseal from None


def keyed_hash(key: bytes, label: str, value: str) -> str:
    """The keyed hash of a value, 64 hexadecimal digits.

    `label` names the use, so that equal values of different uses have different hashes.
    """
    key_of_use = hmac.digest(key, b"tashih/keyed-hash/" + label.encode(), "sha256")
    return hmac.digest(key_of_use, value.encode(errors="surrogatepass"), "sha256").hex()
