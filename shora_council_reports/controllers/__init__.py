from . import open_formats, report
