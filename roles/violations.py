"""A rule of ours says no."""


class PolicyViolation(Exception):
    """What was asked for breaks a rule. str() is a sentence in the language of the page that may be shown as it is.

    Not worth a retry; the fault is the asker's, or a page's that should not have offered it.
    """
