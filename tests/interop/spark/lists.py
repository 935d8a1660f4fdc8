#!/usr/bin/env python3
"""Compares a run's lists with those of earlier runs, to the last bit of each score. Usage: lists.py OUTPUT DIGEST_FILE"""
import hashlib
import sys
from pathlib import Path

import pyarrow.parquet as parquet


def digest(output):
    rows = parquet.read_table(f"{output}/recommendations").sort_by("user").to_pylist()
    text = "\n".join(f"{row['user']} {row['items']} {[score.hex() for score in row['scores']]}" for row in rows)
    print(f"{len(rows)} lists, {hashlib.sha256(text.encode()).hexdigest()}")
    return hashlib.sha256(text.encode()).hexdigest()


def main(output, file):
    found, known = digest(output), Path(file)
    if not known.exists():
        known.write_text(found)
    elif known.read_text() != found:
        sys.exit(f"{output}: the lists differ from those of the runs before")


if __name__ == "__main__":
    main(*sys.argv[1:])
