"""`python -m tests.translations`: gives the catalogues under locale/ the texts of the source, new ones untranslated.

`make messages` does that and compiles them.
"""

import sys

from tests.translations import catalogues


def main() -> None:
    for language in catalogues.LANGUAGES:
        catalogue = catalogues.updated(language)
        file = catalogues.po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(catalogues.as_po(catalogue))
        missing = catalogues.untranslated(catalogue)
        sys.stdout.write(f"{file.relative_to(catalogues.ROOT)}: {len(catalogue)} texts, {len(missing)} to translate\n")


if __name__ == "__main__":
    main()
