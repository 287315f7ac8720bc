from . import dms, document, ics, past_template, portal, portal_pack, verify
