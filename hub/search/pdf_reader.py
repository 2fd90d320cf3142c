"""Prints the words of the PDF on its standard input. Run by ``hub.search.pdf`` as a process of its own.

Whatever the file makes the parser do ends with this process: it limits its own processor time, memory and output
before it reads the first byte. What was read before a limit was met is already printed. Knows nothing of Django.
"""

import logging
import resource
import sys

SECONDS = 10
MEMORY = 768 * 1024 * 1024  # address space, of which the interpreter itself takes a good part
CHARACTERS = 300_000
PAGES = 300

ENCRYPTED, DAMAGED, TOO_MUCH = 10, 11, 12


def limit() -> None:
    """Lower the limits for good. A limit that already is lower stays."""
    for kind, wanted in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, CHARACTERS * 4),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (value, value))


def main() -> int:
    limit()
    logging.disable(logging.CRITICAL)  # the parser has a remark on every fault of a file

    from pypdf import PdfReader

    left, outcome = CHARACTERS, 0
    try:
        reader = PdfReader(sys.stdin.buffer)
        if reader.is_encrypted and not reader.decrypt(""):
            return ENCRYPTED
        for page in reader.pages[:PAGES]:
            try:
                text = page.extract_text()[:left]
            except (MemoryError, RecursionError):
                raise
            except Exception:  # the pages after it may be sound
                outcome = DAMAGED
                continue
            left -= len(text)
            sys.stdout.buffer.write(text.encode(errors="ignore") + b"\n")
            sys.stdout.buffer.flush()
            if left <= 0:
                break
    except (MemoryError, RecursionError):
        return TOO_MUCH
    except Exception:  # pypdf raises whatever its many helpers raise
        return DAMAGED
    return outcome


if __name__ == "__main__":
    sys.exit(main())
