"""Who reads Jalali: the one gate of everything that acts on an environment."""

#: config parameter of the database switch; there is one where the calendar is Gregorian for everybody
SWITCH = "web_jalali.gregorian"


def is_switched_off(env):
    """Whether the database's switch makes the calendar Gregorian for everybody."""
    # sudo: who reads the page need not read the settings
    return env["ir.config_parameter"].sudo().get_param(SWITCH, "").lower() not in ("", "false", "0")


def is_installed(env):
    """Whether the database has this addon: what is patched belongs to the whole process."""
    return "web_jalali" in env.registry._init_modules


def speaks_persian(env):
    """Whether the language of this request is Persian; without a language in the context there is no reader."""
    return (env.context.get("lang") or "").startswith("fa")


def reads_jalali(env):
    """Whether who is served here reads Jalali: page or client in Persian, no wish for Gregorian, the switch not off.

    Code of a job, or of a script without a language, has no reader and counts as the platform does.
    """
    return speaks_persian(env) and is_installed(env) and not is_switched_off(env) and not env.user._wishes_gregorian()
