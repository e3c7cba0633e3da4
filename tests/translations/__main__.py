"""`python -m tests.translations update|compile`: brings the catalogues under locale/ up to date with the source.

update: the .po get the texts of the source, new ones without a translation. compile: the .mo are made of the .po.
"""

import sys

from tests.translations import catalogues


def update() -> None:
    for language in catalogues.LANGUAGES:
        catalogue = catalogues.updated(language)
        file = catalogues.po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(catalogues.as_po(catalogue))
        missing = catalogues.untranslated(catalogue)
        sys.stdout.write(f"{file.relative_to(catalogues.ROOT)}: {len(catalogue)} texts, {len(missing)} to translate\n")


def compile_all() -> None:
    for file in catalogues.every_po_file():
        file.with_suffix(".mo").write_bytes(catalogues.as_mo(file))


def main(arguments: list[str]) -> int:
    steps = {"update": update, "compile": compile_all}
    if not arguments or not set(arguments) <= steps.keys():
        sys.stderr.write(f"{__doc__}\n")
        return 2
    for step in arguments:
        steps[step]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
