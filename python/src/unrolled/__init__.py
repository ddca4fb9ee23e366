"""Unrolled: every number inside of your own recurrent network, step by step.

>>> import unrolled
>>> unrolled.show(model, x)  # in a notebook: the network, forward and backward
>>> unrolled.trace(model, x)["h"]  # the same numbers, as NumPy arrays
>>> unrolled.save(model, "network.html", x=x)  # a page that needs no kernel and no server
"""

from importlib.metadata import version

from ._canonical import UnsupportedModel
from ._show import save, show, trace
from ._widget import Widget

__all__ = ["UnsupportedModel", "Widget", "__version__", "save", "show", "trace"]

__version__ = version("unrolled")
