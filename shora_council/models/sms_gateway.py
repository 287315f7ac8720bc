import ipaddress
import json
import os
import re
from urllib.parse import quote, urlsplit

import requests
from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import config

#: where the secret is looked for, first the environment, then odoo.conf; never the database, whose copies travel
SECRET_VARIABLE = "SHORA_SMS_SECRET"
SECRET_OPTION = "shora_sms_secret"
#: seconds for each of connecting and answering
TIMEOUT = 10
#: of the gateway's answer, what is read and kept
ANSWER_LIMIT = 500
PLACEHOLDER = re.compile(r"\{(to|text|secret)\}")
CONTENT_TYPES = {
    "json": "application/json; charset=utf-8",
    "form": "application/x-www-form-urlencoded; charset=utf-8",
}
PARAMETER = "shora_council.sms_"


class GatewayRefused(Exception):
    """The gateway certainly did not take the message.

    :ivar final: the same message will be refused again
    """

    def __init__(self, words, final):
        super().__init__(words)
        self.final = final


class GatewaySilent(Exception):
    """The gateway was given the message and did not answer: nobody knows whether it was sent."""


class ShoraSmsGateway(models.AbstractModel):
    """The one place that speaks to the SMS gateway: any that takes a message by one HTTP request.

    Off by default. Only https, or http to this very machine; redirections are not followed, so that neither numbers
    nor the secret go where nobody configured them to go.
    """

    _name = "shora.sms.gateway"
    _description = "SMS gateway"

    @api.model
    def _setting(self, name):
        return self.env["ir.config_parameter"].sudo().get_param(f"{PARAMETER}{name}") or ""  # not a user's to read

    @api.model
    def _is_enabled(self):
        return self._setting("enabled") == "True" and bool(self._setting("url"))

    @api.model
    def _secret(self):
        return os.environ.get(SECRET_VARIABLE) or config.get(SECRET_OPTION) or ""

    @api.model
    def _check_url(self, url):
        """
        :raises ValidationError: neither https nor this very machine
        """
        parts = urlsplit(url or "")
        if not (parts.scheme == "https" and parts.hostname) and not (
            parts.scheme == "http" and _is_loopback(parts.hostname)
        ):
            raise ValidationError(
                self.env._(
                    "The SMS gateway's address must begin with https:// (http:// only for this very machine); "
                    "“%(url)s” does not.",
                    url=url or "",
                )
            )

    @api.model
    def _send(self, number, text):
        """Give one message to the gateway.

        :param number: E.164
        :return: the gateway's answer, shortened, without the secret
        :raises GatewayRefused, GatewaySilent: see there
        """
        url = self._setting("url")
        self._check_url(url)
        kind = self._setting("content") or "json"
        values = {"to": number, "text": text, "secret": self._secret()}
        headers = {}
        if self._setting("header_name"):
            headers[self._setting("header_name")] = _fill(self._setting("header_value"), values, str)
        body = None
        if self._setting("method") != "GET":
            escape = _json_text if kind == "json" else _url_text
            body = _fill(self._setting("body"), values, escape).encode()
            headers["Content-Type"] = CONTENT_TYPES[kind]
        try:
            with requests.request(
                self._setting("method") or "POST",
                _fill(url, values, _url_text),
                data=body,
                headers=headers,
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return self._judge(answer.status_code, self._without_secret(_beginning(answer)))
        except requests.exceptions.ConnectTimeout as error:
            raise GatewayRefused(self._unreachable(error), final=False) from None
        except (requests.exceptions.Timeout, requests.exceptions.ConnectionError) as error:
            if _never_connected(error):
                raise GatewayRefused(self._unreachable(error), final=False) from None
            raise GatewaySilent(
                self.env._(
                    "The gateway did not answer: the message may have been sent. It is not sent again by itself."
                )
            ) from None
        except (requests.exceptions.RequestException, UnicodeError) as error:  # an address or a header it cannot use
            raise GatewayRefused(self._unreachable(error), final=True) from None

    def _judge(self, status, said):
        if 200 <= status < 300:
            return said
        raise GatewayRefused(
            self.env._("The gateway refused the message (%(status)s): %(answer)s", status=status, answer=said),
            final=status < 500 and status not in (408, 425, 429),
        )

    def _unreachable(self, error):
        return self.env._(
            "The gateway could not be reached: %(error)s", error=self._without_secret(type(error).__name__)
        )

    def _without_secret(self, text):
        secret = self._secret()
        return text.replace(secret, "•••").replace(quote(secret, safe=""), "•••") if secret else text


def _beginning(answer):
    """The first words of the answer; none when it breaks off: its status has said enough."""
    try:
        return next(answer.iter_content(ANSWER_LIMIT), b"").decode(errors="replace")
    except requests.exceptions.RequestException:
        return ""


def _is_loopback(host):
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _fill(template, values, escape):
    """Put the values where the template names them, once: a text that says “{to}” stays what it says."""
    return PLACEHOLDER.sub(lambda found: escape(values[found[1]]), template)


def _json_text(value):
    return json.dumps(value)[1:-1]


def _url_text(value):
    return quote(value, safe="")


def _never_connected(error):
    """Whether the connection was never made: refused, or no such name."""
    causes = str(error)
    return "NewConnectionError" in causes or "NameResolutionError" in causes
