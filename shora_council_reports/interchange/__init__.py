"""Open formats, plain Python over records that the caller may read: Popolo JSON and Akoma Ntoso."""

from .akoma_ntoso import akoma_ntoso
from .popolo import popolo
