from . import controllers, report, wizard
