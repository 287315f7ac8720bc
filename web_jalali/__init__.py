from . import models, wizard
from .hooks import post_load, uninstall_hook
