from . import document, ics, past_template, portal, portal_pack
