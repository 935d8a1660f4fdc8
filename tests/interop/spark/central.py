#!/usr/bin/env python3
"""What Maven Central asks of a release but its signature. Usage: central.py DIRECTORY_OF_A_BUILD"""
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

NAMESPACE = {"m": "http://maven.apache.org/POM/4.0.0"}
ASKED = ("groupId", "artifactId", "version", "name", "description", "url", "licenses/m:license/m:name", "licenses/m:license/m:url",
         "developers/m:developer/m:name", "developers/m:developer/m:organization", "scm/m:connection",
         "scm/m:developerConnection", "scm/m:url")


def main(build):
    project = ElementTree.parse(Path(build) / "dependency-reduced-pom.xml").getroot()
    for path in ASKED:
        found = project.find(f"m:{path}", NAMESPACE)
        assert found is not None and found.text and found.text.strip(), f"the pom lacks {path.replace('m:', '')}"
        print(f"{path.replace('m:', ''):35} {found.text.strip()}")
    for dependency in project.findall("m:dependencies/m:dependency", NAMESPACE):
        name, version, scope = (dependency.findtext(f"m:{what}", "compile", NAMESPACE) for what in ("artifactId", "version", "scope"))
        assert not version.endswith("SNAPSHOT"), f"{name} is a snapshot"
        assert scope in ("provided", "test"), f"{name} lies in the jar and would be asked for again, scope {scope}"
    holds(build, "item2vec-spark.jar", "META-INF/LICENSE", "META-INF/NOTICE", "META-INF/sbom/item2vec-spark.cdx.json")
    holds(build, "item2vec-spark-sources.jar", "io/github/item2vec/train/Item2Vec.java")
    holds(build, "item2vec-spark-javadoc.jar", "index.html", "io/github/item2vec/train/Item2Vec.html")


def holds(build, jar, *names):
    with zipfile.ZipFile(Path(build) / "target" / jar) as archive:
        missing = set(names) - set(archive.namelist())
        assert not missing, f"{jar} lacks {missing}"
        print(f"{jar:35} {len(archive.namelist())} entries, {', '.join(names)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
