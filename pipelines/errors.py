"""Errors that a person can act on: each message is one sentence that names the way out."""


class ActionableError(Exception):
    """Shown by the command line as it is, without a traceback."""


class AlreadyRunningError(ActionableError):
    """Another run holds the warehouse."""


class WarehouseBusyError(ActionableError):
    """Another program has the warehouse file open for writing."""


class NoNightError(ActionableError):
    """The night that was asked for is not kept here."""


class RedError(ActionableError):
    """Something a night must not publish: its arguments are the problems, a sentence each."""
