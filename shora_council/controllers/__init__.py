from . import dms, document, guide, ics, past_template, portal, portal_pack, verify
