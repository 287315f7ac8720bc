from . import models
from .tools.babel_patch import post_load
