"""What a mail server said of a letter, and how far it had come with it when it fell silent."""

import re
import smtplib

#: replies of a mail server that no later try will change: the address itself is refused
REFUSED = re.compile(r"SMTPRecipientsRefused.*?\(5\d\d\b", re.DOTALL)


class DataPhase:
    """Watches one SMTP session: has it begun to hand over a letter's content (the DATA command)?

    Until then the server cannot have accepted anything. From then on a broken connection leaves it open whether it
    did (RFC 5321, 4.5.3.2.6): nobody can tell, and sending again may deliver twice.
    """

    def __init__(self, session: smtplib.SMTP | None):
        self.begun = False
        self._session = session

    def __enter__(self):
        if self._session is not None:
            data = type(self._session).data

            def watched(content):
                self.begun = True
                return data(self._session, content)

            self._session.data = watched
        return self

    def __exit__(self, *error):
        if self._session is not None:
            vars(self._session).pop("data", None)
