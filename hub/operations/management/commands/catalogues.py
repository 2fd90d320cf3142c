import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


class Command(BaseCommand):
    help = "Read the words of the interface into the French catalogue and compile it; --check only says what is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES" / "django.po"
        known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}
        before = path.read_text(encoding="utf-8")
        self._read_words()
        catalogue = polib.pofile(str(path))
        catalogue.metadata.pop("POT-Creation-Date", None)
        faults = self._faults(catalogue)
        if options["check"]:
            path.write_text(before, encoding="utf-8")
            words = {(entry.msgctxt, entry.msgid) for entry in catalogue}
            faults += [f"not in the catalogue: {msgid}" for _context, msgid in sorted(words - known, key=str)]
            faults += [f"no longer used: {msgid}" for _context, msgid in sorted(known - words, key=str)]
            if path.with_suffix(".mo").read_bytes() != polib.pofile(str(path)).to_binary():
                faults.append("the compiled catalogue is older than the words: run make catalogues")
        else:
            catalogue.save()
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{len(catalogue)} entries, all translated.")

    def _read_words(self) -> None:
        ignored = [f"--ignore={name}" for name in (".venv", "var", "tests")]
        command = ["makemessages", "-l", "fr", "--no-obsolete", "--no-wrap", "--add-location", "file", *ignored]
        subprocess.run(  # noqa: S603  (our own command, in its own process: it reads the folder it runs in)
            [sys.executable, "-m", "django", *command], check=True, cwd=settings.ROOT, capture_output=True
        )

    def _faults(self, catalogue: polib.POFile) -> list[str]:
        faults = []
        for entry in catalogue:
            texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
            if "fuzzy" in entry.flags or not all(texts):
                faults.append(f"not translated: {entry.msgid}")
            elif not entry.msgid_plural and set(PLACEHOLDER.findall(entry.msgid)) != set(
                PLACEHOLDER.findall(entry.msgstr)
            ):
                faults.append(f"placeholders differ: {entry.msgid}")
        return faults
