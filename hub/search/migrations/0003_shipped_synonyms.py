"""The synonyms that ship with the hub become the editors' own."""

from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data"


def load(apps, _schema_editor):
    group = apps.get_model("search", "SynonymGroup")
    rows = []
    for language in ("fr", "en"):
        for line in (DATA / f"synonyms_{language}.txt").read_text(encoding="utf-8").splitlines():
            terms = line.strip()
            if terms and not terms.startswith("#"):
                rows.append(group(language=language, terms=terms))
    group.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_search_behaviour")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
