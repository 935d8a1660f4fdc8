#!/usr/bin/env bash
# The Python package from its wheel, in PyPI's distribution of Spark: pytest, mypy --strict over the package and a user's program, that
# program, Spark Connect, the redis data source, the documentation's Python, the example conf/pyspark/recommend.py; and spark-shell.
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

# a server of Spark Connect, and a client in a Python that has PySpark's client alone
connect=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$home/bin/spark-submit" --class org.apache.spark.sql.connect.service.SparkConnectServer --master 'local[2]' --jars "$jar" \
  --conf "spark.connect.grpc.binding.port=$connect" --conf spark.ui.enabled=false "$(echo "$home"/jars/spark-connect_2.13-*.jar)" \
  >"$work/connect.log" 2>&1 &
servers=($!)
trap 'kill "${servers[@]}"' EXIT
python3 -m venv "$work/client"
"$work/client/bin/pip" install --quiet --no-cache-dir "pyspark-client==${ITEM2VEC_PYSPARK_VERSION:-4.1.0}" numpy==2.4.6
"$work/client/bin/pip" install --quiet --no-deps "$work"/item2vec_spark-*.whl
for _ in $(seq 120); do (: <"/dev/tcp/127.0.0.1/$connect") 2>/dev/null && break; sleep 1; done
env -u SPARK_HOME "$work/client/bin/python" tests/interop/pyspark/use_connect.py "sc://127.0.0.1:$connect" "$PWD/$work/connect"
"$home/bin/spark-shell" --master 'local[2]' --jars "$jar" --conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false \
  --driver-java-options --add-modules=jdk.incubator.vector -I tests/interop/pyspark/use.scala </dev/null
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$work" >"$work/redis.log" &
servers+=($!)
"$python" tests/interop/pyspark/write_redis.py "$port"
"$python" tests/interop/pyspark/run_documentation.py "$port" "$work/documentation"
./submit.sh generate --master 'local[2]' --output "$work/ratings" --users 300 --items 150 --rows 9000 >"$work/generate.log" 2>&1
"$python" conf/pyspark/recommend.py "$work/ratings" "127.0.0.1:$port" 2>"$work/recommend.log" | grep 'lists in'
rm -rf "$work/venv" "$work/client" # half a gigabyte and more
