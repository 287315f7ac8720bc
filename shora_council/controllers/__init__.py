from . import document, past_template, portal
