"""Every report is a table object (``table.py``) in a file of its own; print, sheets and screen show it."""

from . import xlsx
from .scope import Scope
from .table import Column, Mark, Table, Total
from .tables import TABLES
