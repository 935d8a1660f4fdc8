#!/usr/bin/env bash
# The Python package from its wheel, in PyPI's distribution of Spark: pytest, mypy --strict over the package and a user's program, that
# program, the redis data source, the documentation's Python, the example conf/pyspark/recommend.py; and spark-shell.
# ITEM2VEC_PYSPARK_VERSION takes another PySpark.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/interop-pyspark
rm -rf "$work"
mkdir -p "$work"

python3 -m venv "$work/venv"
python=$work/venv/bin/python
"$python" -m pip install --quiet --no-cache-dir "pyspark[connect]==${ITEM2VEC_PYSPARK_VERSION:-4.1.0}" numpy==2.4.6 redis==5.2.1 pytest==9.2.0 mypy==2.4.1
"$python" -m pip wheel --quiet --no-deps --wheel-dir "$work" ./src/main/python
"$python" -m pip install --quiet --no-deps "$work"/item2vec_spark-*.whl
home=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME=$home PYSPARK_PYTHON=$python
jar=target/item2vec-spark.jar

"$python" -m pytest -q -p no:cacheprovider tests/python
(cd src/main/python && "$OLDPWD/$python" -m mypy --cache-dir "$OLDPWD/$work/mypy")
"$python" -m mypy --strict --cache-dir "$work/mypy" tests/python/user_program.py
"$python" tests/python/user_program.py "$work" 2>"$work/user_program.log"
"$home/bin/spark-shell" --master 'local[2]' --jars "$jar" --conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false \
  --driver-java-options --add-modules=jdk.incubator.vector -I tests/interop/pyspark/use.scala </dev/null
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$work" >"$work/redis.log" &
server=$!
trap 'kill "$server"' EXIT
"$python" tests/interop/pyspark/write_redis.py "$port"
"$python" tests/interop/pyspark/run_documentation.py "$port" "$work/documentation"
./submit.sh generate --master 'local[2]' --output "$work/ratings" --users 300 --items 150 --rows 9000 >"$work/generate.log" 2>&1
"$python" conf/pyspark/recommend.py "$work/ratings" "127.0.0.1:$port" 2>"$work/recommend.log" | grep 'lists in'
rm -rf "$work/venv" # half a gigabyte
