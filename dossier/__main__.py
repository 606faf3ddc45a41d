"""`python -m dossier` is the program, wherever its own command is not on the path."""

import sys

from dossier.cli.main import main

sys.exit(main())
