"""Names of certificates in Persian, which the library of certificates refuses to compare."""

import stringprep

from asn1crypto import x509


class _StringPrep:
    """``stringprep`` as RFC 4518 (2.5) has it for names of certificates: the direction of letters is not looked at.

    ``asn1crypto`` looks, and so trusts no certificate whose name is Persian and does not both begin and end with a
    letter of that script, such as «نام نام‌خانوادگی [Sign]».
    """

    def __getattr__(self, name):
        return getattr(stringprep, name)

    @staticmethod
    def in_table_d1(_char):
        return False


def take_persian():
    """Let names of certificates be compared whatever their script; once is enough."""
    x509.stringprep = _StringPrep()
