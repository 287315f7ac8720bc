"""What must be recorded before a decision with a financial burden is carried out (clause 5-3)."""

#: rule of the by-law → fields of a resolution that must be filled while the rule is active
DEMANDS = {
    "financial_regulation": ("regulation", "regulation_reference"),
    "financial_unit": ("burden_unit_id",),
    "financial_budget": ("budget_reference",),
    "financial_approver": ("approver_id",),
}
FIELDS = tuple(name for names in DEMANDS.values() for name in names)


def missing(active, recorded):
    """What the active rules demand and nobody has recorded.

    :param active: codes of the rules that are set
    :param recorded: names of the fields that are filled
    :return: list of (rule code, names of the empty fields) in the order of ``DEMANDS``; empty when all is there
    """
    lacking = [
        (code, [name for name in names if name not in recorded]) for code, names in DEMANDS.items() if code in active
    ]
    return [(code, names) for code, names in lacking if names]
