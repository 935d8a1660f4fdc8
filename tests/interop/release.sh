#!/usr/bin/env bash
# What a release would upload, made twice from two copies of the committed sources: the same bytes, and all that Maven Central
# asks for but the signatures (https://central.sonatype.org/publish/requirements/): coordinates, name, description, url,
# licences, developers and scm in the pom, no snapshot among the dependencies, and jars of sources and of Javadoc.
# Then spark-shell takes it by --packages from a repository in a directory. SPARK_HOME names a Spark; without one, PyPI's 4.2.1.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/interop-release
rm -rf "$work"
mkdir -p "$work/one" "$work/other/deeper"

build() { # DIRECTORY
  git archive HEAD | tar -x -C "$1"
  "$1/mvnw" -B -ntp -f "$1/pom.xml" -Prelease -DskipTests -DskipITs verify >"$1/build.log" 2>&1 || { tail -n 40 "$1/build.log"; exit 1; }
  (cd "$1/target" && sha256sum item2vec-spark.jar item2vec-spark-sources.jar item2vec-spark-javadoc.jar ../dependency-reduced-pom.xml)
}
build "$work/one" >"$work/one.sha256"
build "$work/other/deeper" >"$work/other.sha256"
diff "$work/one.sha256" "$work/other.sha256"
cat "$work/one.sha256"
python3 tests/interop/spark/central.py "$work/one"

./mvnw -B -ntp -q org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy-file -DrepositoryId=directory -Durl="file://$work/repository" \
  -Dfile="$work/one/target/item2vec-spark.jar" -DpomFile="$work/one/dependency-reduced-pom.xml"
version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$work/one/dependency-reduced-pom.xml" | head -n 1)
if [ -z "${SPARK_HOME:-}" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --no-cache-dir pyspark==4.2.1
  SPARK_HOME=$("$work/venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
  export SPARK_HOME
fi
"$SPARK_HOME/bin/spark-shell" --master 'local[2]' --packages "io.github.item2vec:item2vec-spark_2.13:$version" \
  --repositories "file://$work/repository" --conf spark.jars.ivy="$work/ivy" --conf spark.ui.enabled=false \
  --conf spark.ui.showConsoleProgress=false --driver-java-options --add-modules=jdk.incubator.vector \
  -I tests/interop/pyspark/use.scala </dev/null
rm -rf "$work"
