#!/usr/bin/env bash
# What a release would upload, made twice from two copies of the committed sources: the same bytes, and all that Maven Central
# asks for but the signatures (https://central.sonatype.org/publish/requirements/): coordinates, name, description, url,
# licences, developers and scm in the pom, no snapshot among the dependencies, and jars of sources and of Javadoc.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/interop-release
rm -rf "$work"
mkdir -p "$work/one" "$work/other/deeper"

build() { # DIRECTORY
  git archive HEAD | tar -x -C "$1"
  "$1/mvnw" -B -ntp -f "$1/pom.xml" -Prelease -DskipTests verify >"$1/build.log" 2>&1 || { tail -n 40 "$1/build.log"; exit 1; }
  (cd "$1/target" && sha256sum item2vec-spark.jar item2vec-spark-sources.jar item2vec-spark-javadoc.jar ../dependency-reduced-pom.xml)
}
build "$work/one" >"$work/one.sha256"
build "$work/other/deeper" >"$work/other.sha256"
diff "$work/one.sha256" "$work/other.sha256"
cat "$work/one.sha256"
python3 tests/interop/spark/central.py "$work/one"
rm -rf "$work"
