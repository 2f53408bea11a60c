"""Facts of many districts in one folder: each district writes its own, any engine counts them all.

Nothing is sent: a folder is written, carried by whatever carries files, and read. docs/facts-contract.md
is what writer and reader have agreed on.
"""

from .exporting import Exported, export
from .folder import Folder, opened
from .gathered import Gathered
from .rows import figures_of

__all__ = ["Exported", "Folder", "Gathered", "export", "figures_of", "opened"]
