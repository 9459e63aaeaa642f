"""CreditDesk: opens the window, or does what a command says."""

import multiprocessing
import sys

try:
    from creditdesk.bootstrap import main
except KeyboardInterrupt:
    # Broken off before there was a word to say.
    sys.exit(130)

if __name__ == "__main__":
    # Readers of foreign files run in child processes; in a frozen build they start here.
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
