"""Puts the shaded jar into the wheel; submit.sh builds it first when it is missing or older than its sources."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class JarHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        home = Path(self.root).parents[2]
        subprocess.run([home / "submit.sh", "--help"], check=True, stdout=subprocess.DEVNULL)
        build_data["force_include"][str(home / "target/item2vec-spark.jar")] = "item2vec_spark/jars/item2vec-spark.jar"
