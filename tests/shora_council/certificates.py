"""Certificates for tests: an authority and holders of PKCS#12 files, valid around the tests' dates."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

SECRET = "کلمهٔ-رمز s3cret"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2028, 1, 1, tzinfo=UTC)
SIGNING = ("digital_signature", "content_commitment")


class Authority:
    """An authority that issues certificates; ``directory`` receives their PKCS#12 files."""

    def __init__(self, directory, name="Root of the tests"):
        self.directory = directory
        self.name = name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._certificate(name, self.key, BEGIN, END, is_authority=True)

    def pem(self):
        return self.certificate.public_bytes(Encoding.PEM)

    def pkcs12(self, name, begin=BEGIN, end=END, usages=SIGNING, with_key=True):
        """Path of a PKCS#12 file, locked by ``SECRET``."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._certificate(name, key, begin, end, usages)
        path = self.directory / f"{len(list(self.directory.iterdir()))}.p12"
        lock = BestAvailableEncryption(SECRET.encode())
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"test", key if with_key else None, certificate, [self.certificate], lock
            )
        )
        return path

    def _certificate(self, name, key, begin, end, usages=("key_cert_sign",), is_authority=False):
        none = dict.fromkeys(
            (
                "digital_signature",
                "content_commitment",
                "key_encipherment",
                "data_encipherment",
                "key_agreement",
                "key_cert_sign",
                "crl_sign",
                "encipher_only",
                "decipher_only",
            ),
            False,
        )
        return (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin - timedelta(days=1 if is_authority else 0))
            .not_valid_after(end + timedelta(days=1 if is_authority else 0))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**{**none, **dict.fromkeys(usages, True)}), critical=True)
            .sign(self.key, hashes.SHA256())
        )


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
