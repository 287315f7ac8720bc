"""PAdES: signing a PDF with a certificate of the server, and judging the signatures of a PDF signed anywhere.

Pure: files and bytes in, bytes and plain values out; nothing is fetched from any network. What a signature says is
ETSI EN 319 142 (baseline B): it names its certificate and its moment as the signer's clock had it.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import pem, pkcs12, x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import (
    KeyUsageConstraints,
    SignatureCoverageLevel,
    errors,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from . import certificate_names

FIELD = "Seal"
#: either says that a certificate is made for signing; a token's often has only the first
USAGES = ("digital_signature", "non_repudiation")
#: digests for which two documents can be made to one signature
WEAK = frozenset({"md2", "md5", "sha1"})
#: more in one file are nobody's to judge: each is compared with all that was added after it
SIGNATURES = 100

certificate_names.take_persian()
# What it has to say of a bad file comes back as a value; every certificate that is not trusted is not the log's.
for name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(name).setLevel(logging.CRITICAL)


class CertificateRefused(Exception):
    """The certificate of the server cannot sign.

    :ivar why: ``missing`` no such file, or not readable; ``format`` no PKCS#12; ``secret`` the secret is wrong;
        ``key`` no private key in it, or of a kind that is not known; ``usage`` not made for signing; ``early`` not
        valid yet; ``expired``
    :ivar moment: of ``early`` and ``expired``: when it begins or has ended (aware UTC)
    """

    def __init__(self, why, moment=None):
        super().__init__(why)
        self.why = why
        self.moment = moment


class NotReadable(Exception):
    """The bytes are no PDF that can be read, or its text is locked by a password."""


@dataclass(frozen=True)
class Signature:
    """What one signature of a PDF is worth.

    :ivar signer: common name of the certificate, else its whole name
    :ivar issuer: the same of who issued it
    :ivar serial: serial number of the certificate in hexadecimal
    :ivar signed_at: what the signer's clock said (naive UTC); None: not said
    :ivar valid: the signature belongs to the certificate, and nothing it covers was changed
    :ivar whole: it covers the file to its end; False: something was added after it
    :ivar why: why it is not valid: ``digest`` what it covers was changed; ``forged`` it is not the certificate's;
        ``coverage`` it leaves out part of what was there; ``added`` something but further signatures was added after
        it; ``weak`` by a method that is broken; ``unreadable``; empty when valid
    :ivar trust: ``trusted``, ``untrusted``, ``expired``, ``early``, ``revoked``, ``usage`` the certificate is not made
        for signing, or ``unknown``: there is nothing to judge by
    """

    signer: str = ""
    issuer: str = ""
    serial: str = ""
    signed_at: datetime | None = None
    valid: bool = False
    whole: bool = False
    why: str = "unreadable"
    trust: str = "unknown"


# --- signing ---


def load(path: str | Path, secret: str, now: datetime | None = None) -> signers.SimpleSigner:
    """The certificate and key of a PKCS#12 file, fit to sign at ``now``.

    :param now: aware; the clock's without it
    :raises CertificateRefused: see there
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise CertificateRefused("missing") from error
    _check_format(data)
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=secret.encode() or None)
    except ValueError as error:
        raise CertificateRefused("secret") from error
    except (AttributeError, TypeError, NotImplementedError) as error:  # no key or no certificate in it
        raise CertificateRefused("key") from error
    _check_certificate(signer.signing_cert, now or datetime.now(UTC))
    return signer


def _check_format(data):
    """
    :raises CertificateRefused: ``data`` is no PKCS#12
    """
    try:
        pkcs12.Pfx.load(data)["auth_safe"]["content_type"].native  # noqa: B018 - read on demand
    except (ValueError, TypeError, KeyError) as error:
        raise CertificateRefused("format") from error


def _check_certificate(certificate, now):
    """
    :raises CertificateRefused: it is not valid at ``now``, or not made for signing
    """
    usage = certificate.key_usage_value
    if usage is not None and not set(USAGES) & usage.native:
        raise CertificateRefused("usage")
    if now < certificate.not_valid_before:
        raise CertificateRefused("early", certificate.not_valid_before)
    if now > certificate.not_valid_after:
        raise CertificateRefused("expired", certificate.not_valid_after)


def sign_pdf(pdf: bytes, certificate_path: str | Path, secret: str, reason: str, now: datetime | None = None) -> bytes:
    """``pdf`` with one more signature, invisible on the pages; the bytes that were there stay as they are.

    :param certificate_path: PKCS#12 file
    :param reason: what the signature says it was made for
    :param now: aware; the clock's without it
    :raises CertificateRefused: see there
    :raises NotReadable: ``pdf`` cannot be signed
    """
    signer = load(certificate_path, secret, now)
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        metadata = signers.PdfSignatureMetadata(
            field_name=_free_field(writer.prev),
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=_name(signer.signing_cert.subject),
            reason=reason,
        )
        return signers.PdfSigner(metadata, signer).sign_pdf(writer).getvalue()
    except (PdfError, SigningError) as error:
        raise NotReadable(str(error)) from error


def _free_field(reader):
    """A name for the field of the signature that no field of the document has."""
    taken = {name for name, _value, _reference in enumerate_sig_fields(reader)}
    return next(name for name in (FIELD, *(f"{FIELD} {n}" for n in range(2, len(taken) + 3))) if name not in taken)


# --- judging ---


def load_roots(data: bytes) -> list[x509.Certificate]:
    """The certificates of a file, in PEM (one or several) or DER.

    :raises ValueError: there is none in it
    """
    try:
        roots = list(load_certs_from_pemder_data(data))
        named = all(root.subject.native for root in roots)  # read on demand
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError("no certificate") from error
    if not roots or not named or (pem.detect(data) and b"CERTIFICATE" not in data):
        raise ValueError("no certificate")
    return roots


def check_pdf(pdf: bytes, trust_roots: Iterable[x509.Certificate] = (), now: datetime | None = None) -> list[Signature]:
    """What the signatures of a PDF are worth, in their order; none when nobody signed it.

    :param trust_roots: certificates whose holders are believed; without any, ``trust`` is ``unknown``
    :param now: aware moment at which certificates are judged; the clock's without it
    :raises NotReadable: see there
    """
    roots = list(trust_roots)
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        if reader.encrypted:
            raise NotReadable("encrypted")
        if "/Pages" not in reader.root:
            raise NotReadable("pages")
        embedded = reader.embedded_regular_signatures
        if len(embedded) > SIGNATURES:
            raise NotReadable("signatures")
    except NotReadable:
        raise
    except Exception as error:  # whatever a broken or hostile file makes of the parser
        raise NotReadable(type(error).__name__) from error
    return [_judge(one, roots, now or datetime.now(UTC)) for one in embedded]


def _judge(embedded, roots, now):
    try:
        context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=now)
        status = validate_pdf_signature(
            embedded,
            signer_validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage=set(USAGES), match_all_key_usages=False),
        )
        why = _why_not(status)
        return Signature(
            **_facts(embedded),
            valid=not why,
            whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            why=why,
            trust=_trust(status, roots, now) if why in ("", "added") else "unknown",
        )
    except errors.DisallowedAlgorithmError:
        return Signature(**_facts(embedded), why="weak")
    except Exception:  # a broken or hostile signature is a finding, not a failure
        return Signature(**_facts(embedded))


def _facts(embedded):
    """What the signature says of itself; empty where it cannot be read."""
    try:
        certificate = embedded.signer_cert
        moment = embedded.self_reported_timestamp
        return {
            "signer": _name(certificate.subject),
            "issuer": _name(certificate.issuer),
            "serial": f"{certificate.serial_number:x}",
            "signed_at": moment.astimezone(UTC).replace(tzinfo=None, microsecond=0) if moment else None,
        }
    except Exception:  # as above
        return {}


def _why_not(status):
    if not status.intact:
        return "digest"
    if not status.valid:
        return "forged"
    if status.md_algorithm in WEAK:
        return "weak"
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "coverage"
    added = status.coverage != SignatureCoverageLevel.ENTIRE_FILE
    if added and status.modification_level == ModificationLevel.NONE:
        return "added"  # bytes that are no further state of the document
    changed = isinstance(status.diff_result, SuspiciousModification)
    if changed or status.docmdp_ok is False or (status.modification_level or 0) > ModificationLevel.FORM_FILLING:
        return "added"
    return ""


def _trust(status, roots, now):
    if status.revoked:
        return "revoked"
    if not roots:
        return "unknown"
    if status.trusted:
        return "trusted"
    try:
        _check_certificate(status.signing_cert, now)
    except CertificateRefused as error:
        return error.why
    return "untrusted"


def _name(name):
    """Common name of a certificate's subject or issuer, else all of it."""
    common = name.native.get("common_name")
    if isinstance(common, list):
        common = common[-1]
    return common or name.human_friendly
