"""The command line: arguments in, text out. Data goes to standard output, everything else to standard error."""

from kg.cli import building, asking, handing, evaluating  # isort: skip - the order of the commands in the help
from kg.cli.frame import app

__all__ = ["app", "asking", "building", "evaluating", "handing"]
