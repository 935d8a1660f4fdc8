#!/usr/bin/env bash
# One jar on each Spark 4 and each Java: PyPI's distributions are real Sparks with a spark-submit. Each pair links the jar, runs
# the demo, trains, writes and reads by the data source from Python, and recommends with the model that the pair before it saved.
# The lists of all pairs are the same, byte for byte. Prints a table in Markdown.
# Usage: tests/interop/spark_matrix.sh [SPARK_VERSION...]     (half a gigabyte each; without: one of each line)
#   MATRIX_JAVA='HOME ...'   Java homes, instead of that of `java`; they need jdk.incubator.vector, which each Spark 4 asks for
#   MATRIX_SPARKS=DIRECTORY  keeps the distributions for the next time
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$PWD/target/interop-matrix
sparks=${MATRIX_SPARKS:-$work/sparks}
rm -rf "$work"
mkdir -p "$work/classes" "$sparks"
[ $# -gt 0 ] || set -- 4.0.5 4.1.4 4.2.1 4.3.0

./submit.sh --help >/dev/null # builds the jar
jar=$PWD/target/item2vec-spark.jar
xbean=$(tr ':' '\n' <target/spark.classpath | grep /xbean-asm9)
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -proc:none -d "$work/classes" -cp "$xbean" tests/java/io/github/item2vec/Links.java
python3 -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet pyarrow==18.1.0
"$work/tools/bin/pip" wheel --quiet --no-deps --wheel-dir "$work" ./src/main/python
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$work" >"$work/redis.log" &
server=$!
trap 'kill "$server"' EXIT

javas=${MATRIX_JAVA:-$(dirname "$(dirname "$(readlink -f "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java")")")")}
ratings=${ITEM2VEC_ML100K:-}
if [ -z "$ratings" ]; then
  ratings=$work/ratings
  ./submit.sh generate --output "$ratings" >"$work/generate.log" 2>&1
fi

cell() { # NAME COMMAND...: one test of a pair; its log stays when it fails
  local name=$1 log=$pair/$1.log
  shift
  if "$@" >"$log" 2>&1; then
    row+=" yes |"
  elif grep -q 'getSubject is not supported' "$log"; then
    row+=" no: Hadoop |" # what Spark 4.0 and 4.1 bring stops on Java 24 and later; not ours to mend
  else
    row+=" **NO** |"
    failed=1
    tail -n 30 "$log" >&2
  fi
  echo "  $name:${row##*| } " >&2
}
recommended() { # OUTPUT: the lists are those of all other pairs
  "$work/tools/bin/python" tests/interop/spark/lists.py "$1" "$work/lists.sha256"
}
trained() { ./submit.sh run --input "$ratings" --output "$pair/run" && recommended "$pair/run"; }
loaded() {
  ./submit.sh run --input "$ratings" --model "$model" --output "$pair/loaded" && recommended "$pair/loaded"
}

failed='' model=''
table="| Spark | Hadoop | Java | links | demo | run | data source | a model of the pair above | pytest |
|---|---|---|---|---|---|---|---|---|"
for spark in "$@"; do
  [ -x "$sparks/$spark/bin/spark-submit" ] \
    || { python3 -m venv "$sparks/$spark" && "$sparks/$spark/bin/pip" install --quiet --no-cache-dir "pyspark==$spark"; }
  python=$sparks/$spark/bin/python
  "$python" -m pip install --quiet redis==5.2.1 numpy==2.4.6 pytest==9.2.0
  "$python" -m pip install --quiet --no-deps --force-reinstall "$work"/item2vec_spark-*.whl
  SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
  hadoop=$(basename "$SPARK_HOME"/jars/hadoop-client-api-*.jar .jar)
  export SPARK_HOME PYSPARK_PYTHON=$python
  for java in $javas; do
    export JAVA_HOME=$java
    version=$("$java/bin/java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')
    pair=$work/$spark-$version row="| $spark | ${hadoop#hadoop-client-api-} | $version |"
    mkdir -p "$pair"
    echo "Spark $spark, Java $version" >&2
    cell links "$java/bin/java" --add-modules jdk.incubator.vector -cp "$work/classes:$xbean" io.github.item2vec.Links "$jar" "$SPARK_HOME"/jars/*.jar
    cell demo ./submit.sh demo --output "$pair/demo"
    cell run trained
    cell data-source "$python" tests/interop/pyspark/write_redis.py "$port"
    if [ -n "$model" ]; then cell model loaded; else row+=" |"; fi
    case $javas in "$java"*) cell pytest "$python" -m pytest -q -p no:cacheprovider tests/python ;; *) row+=" |" ;; esac # once per Spark
    [ ! -f "$pair/run/run.json" ] || model=$pair/run/model
    table+=$'\n'$row
  done
done
echo "$table"
[ -z "$failed" ] || { echo "failures: logs in $work" >&2; exit 1; }
kill "$server"
trap - EXIT
rm -rf "$work"
