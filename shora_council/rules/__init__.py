"""The by-law's arithmetic in pure Python: nothing here imports Odoo, reads a clock or a database.

Datetimes are naive UTC, as Odoo stores them; days are calendar days in Tehran (:mod:`datetime` dates).
Rule values (days, limits, ranges) are arguments: the by-law version in force gives them, never this package.
``None`` for such a value means that the rule is not set or inactive.
"""
