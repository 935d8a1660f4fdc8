#!/usr/bin/env bash
# The estimator and the redis data source from PySpark, through conf/pyspark/item2vec.py, and from spark-shell, both of PyPI's
# distribution of Spark; and the documentation's Python.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/interop-pyspark
rm -rf "$work"
mkdir -p "$work"

./submit.sh --help >/dev/null # builds the jar
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-cache-dir pyspark==4.1.0 numpy==2.4.6 redis==5.2.1
python=$work/venv/bin/python
home=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
jar=target/item2vec-spark.jar

SPARK_HOME=$home PYSPARK_PYTHON=$python "$python" tests/interop/pyspark/use_wrapper.py "$jar" "$work"
SPARK_HOME=$home "$home/bin/spark-shell" --master 'local[2]' --jars "$jar" --conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false \
  --driver-java-options --add-modules=jdk.incubator.vector -I tests/interop/pyspark/use.scala </dev/null
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$work" >"$work/redis.log" &
server=$!
trap 'kill "$server"' EXIT
SPARK_HOME=$home PYSPARK_PYTHON=$python "$python" tests/interop/pyspark/write_redis.py "$jar" "$port"
SPARK_HOME=$home PYSPARK_PYTHON=$python "$python" tests/interop/pyspark/run_documentation.py "$jar" "$port" "$work/documentation"
./submit.sh generate --master 'local[2]' --output "$work/ratings" --users 300 --items 150 --rows 9000 >"$work/generate.log" 2>&1
SPARK_HOME=$home PYSPARK_PYTHON=$python "$home/bin/spark-submit" --master 'local[2]' --jars "$jar" --conf spark.ui.enabled=false \
  --conf spark.driver.defaultJavaOptions=--add-modules=jdk.incubator.vector conf/pyspark/recommend.py "$work/ratings" "127.0.0.1:$port" \
  2>"$work/recommend.log" | grep 'lists in'
rm -rf "$work/venv" # half a gigabyte
