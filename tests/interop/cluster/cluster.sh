# shellcheck shell=bash
# Sourced: a Spark standalone cluster (a master, two workers), HDFS (a name node, two data nodes) and a Redis, each a process
# of its own on loopback, from PyPI's distribution of Spark and Maven's hadoop-client-minicluster. All of it is stopped and
# $work removed when the shell that calls start_cluster exits.
#   start_cluster WORK_DIRECTORY   sets work, SPARK_HOME, HADOOP_CONF_DIR, master, hdfs, web, redis
# What a process says is in $work/NAME.log, its id in $work/NAME.pid.

spark_version=4.1.0
hadoop_version=3.4.2 # of the client in that Spark

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() { # NAME COMMAND...
  local name=$1
  shift
  "$@" >>"$work/$name.log" 2>&1 </dev/null &
  echo $! >"$work/$name.pid"
}

running() { # NAME
  [ -f "$work/$1.pid" ] && kill -0 "$(cat "$work/$1.pid")" 2>/dev/null
}

stop() { # NAME [SIGNAL]; waits for its end
  running "$1" || return 0
  kill "-${2:-TERM}" "$(cat "$work/$1.pid")" 2>/dev/null || true
  for _ in $(seq 100); do
    running "$1" || return 0
    sleep 0.1
  done
  kill -KILL "$(cat "$work/$1.pid")" 2>/dev/null || true
}

await() { # SECONDS WHAT COMMAND...
  local seconds=$1 what=$2
  shift 2
  local deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "waited $seconds s in vain for $what; see $work" >&2
      keep_work=1
      return 1
    fi
    sleep 0.3
  done
}

stop_cluster() {
  local file
  for name in spark-worker-1 spark-worker-2 spark-master redis datanode-1 datanode-2 namenode; do
    [ ! -f "${work:-}/$name.pid" ] || stop "$name"
  done
  for file in "${work:-}"/*.pid; do
    [ ! -f "$file" ] || stop "$(basename "$file" .pid)" KILL
  done
  # executors and drivers end with their worker, a moment later
  [ -n "${keep_work:-}" ] || { sleep 1; rm -rf "${work:-}"; }
}

java_of_cluster() { # HEAP CLASS ARGUMENTS...: with Hadoop's servers and Spark's jars on the class path
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" @conf/jvm.options "-Xmx$1" -Dlog4j2.configurationFile=file:conf/log4j2.properties \
    -cp "$HADOOP_CONF_DIR:$minicluster/*:$SPARK_HOME/jars/*" "${@:2}"
}

install_spark() {
  local venv=$PWD/target/venv-pyspark-$spark_version
  if [ ! -f "$venv/complete" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --no-cache-dir "pyspark==$spark_version"
    touch "$venv/complete"
  fi
  SPARK_HOME=$("$venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
  export SPARK_HOME
  command -v redis-server >/dev/null || { apt-get update -qq && apt-get install -y -qq redis-server >/dev/null; }
}

install_hadoop() {
  local artifact
  minicluster=$PWD/target/hadoop
  for artifact in "org.apache.hadoop:hadoop-client-minicluster:$hadoop_version" javax.xml.bind:jaxb-api:2.3.1; do
    compgen -G "$minicluster/$(cut -d: -f2 <<<"$artifact")-*.jar" >/dev/null \
      || ./mvnw -B -ntp -q dependency:copy "-DoutputDirectory=$minicluster" "-Dartifact=$artifact"
  done
}

property() { # NAME VALUE
  printf '  <property><name>%s</name><value>%s</value></property>\n' "$1" "$2"
}

start_hdfs() {
  export HADOOP_CONF_DIR=$work/hadoop
  mkdir -p "$HADOOP_CONF_DIR"
  local port
  port=$(free_port)
  hdfs=hdfs://127.0.0.1:$port
  web=127.0.0.1:$(free_port)
  {
    echo '<configuration>'
    property fs.defaultFS "$hdfs"
    echo '</configuration>'
  } >"$HADOOP_CONF_DIR/core-site.xml"
  {
    echo '<configuration>'
    property dfs.replication 2
    property dfs.permissions.enabled false
    property dfs.namenode.name.dir "$work/namenode"
    property dfs.namenode.http-address "$web"
    property dfs.namenode.safemode.extension 0
    property dfs.namenode.heartbeat.recheck-interval 3000
    property dfs.heartbeat.interval 1
    property dfs.client.block.write.replace-datanode-on-failure.policy NEVER
    property dfs.datanode.address 127.0.0.1:0
    property dfs.datanode.http.address 127.0.0.1:0
    property dfs.datanode.ipc.address 127.0.0.1:0
    echo '</configuration>'
  } >"$HADOOP_CONF_DIR/hdfs-site.xml"
  (java_of_cluster 256m org.apache.hadoop.hdfs.server.namenode.NameNode -format -nonInteractive) >"$work/format.log" 2>&1
  start namenode java_of_cluster 256m org.apache.hadoop.hdfs.server.namenode.NameNode
  start_datanode 1
  start_datanode 2
}

start_datanode() { # 1 | 2
  start "datanode-$1" java_of_cluster 192m org.apache.hadoop.hdfs.server.datanode.DataNode \
    -D "dfs.datanode.data.dir=$work/datanode-$1"
}

live_datanodes() { # COUNT
  curl -fs "http://$web/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState" | grep -q "\"NumLiveDataNodes\" : $1,"
}

start_spark() {
  local port ui
  port=$(free_port)
  ui=$(free_port)
  master=spark://127.0.0.1:$port
  master_ui=http://127.0.0.1:$ui
  export SPARK_LOCAL_IP=127.0.0.1 SPARK_NO_DAEMONIZE=1 SPARK_DAEMON_MEMORY=256m SPARK_SCALA_VERSION=2.13
  export SPARK_DAEMON_JAVA_OPTS="-Dspark.worker.timeout=10 -Dlog4j2.configurationFile=file:$PWD/conf/log4j2.properties"
  start spark-master "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.master.Master \
    --host 127.0.0.1 --port "$port" --webui-port "$ui"
  start_worker 1
  start_worker 2
}

start_worker() { # 1 | 2: on hosts of their own, since Spark makes no speculative attempt on the host of the first one
  mkdir -p "$work/worker-$1" "$work/scratch-$1"
  SPARK_LOCAL_IP=127.0.0.$1 SPARK_LOCAL_DIRS=$work/scratch-$1 start "spark-worker-$1" "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker \
    --host "127.0.0.$1" --webui-port 0 --cores 2 --memory 2g --work-dir "$work/worker-$1" "$master"
}

alive_workers() { # COUNT
  [ "$(curl -fs "$master_ui/json/" | grep -c '"state" : "ALIVE"')" -eq "$1" ]
}

start_redis() { # [SETTINGS...]
  redis_port=${redis_port:-$(free_port)}
  redis=127.0.0.1:$redis_port
  start redis redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" "$@"
}

start_cluster() { # WORK_DIRECTORY
  work=$1
  rm -rf "$work"
  mkdir -p "$work"
  trap stop_cluster EXIT
  install_spark
  install_hadoop
  start_hdfs
  start_redis
  start_spark
  await 60 "two data nodes" live_datanodes 2
  await 60 "two workers" alive_workers 2
}

hdfs_cat() { # PATH
  curl -fsSL "http://$web/webhdfs/v1$1?op=OPEN"
}

put() { # FILE PATH
  curl -fsSL -o /dev/null -T "$1" "http://$web/webhdfs/v1$2?op=CREATE&overwrite=true"
}

put_jar() { # where drivers on workers find it
  put target/item2vec-spark.jar /item2vec-spark.jar
}

# Runs ./submit.sh ARGUMENTS; what it says is in $work/NAME.log. MASTER "cluster": the cluster's, in cluster deploy mode.
submit() { # NAME MASTER ARGUMENTS...
  local name=$1 where=(--master "$2")
  [ "$2" != cluster ] || where=(--master "$master" --deploy-mode cluster --jar "$hdfs/item2vec-spark.jar"
    --conf spark.standalone.submit.waitAppCompletion=true)
  ./submit.sh "${@:3}" "${where[@]}" --driver-memory 640m --executor-memory 640m --executor-cores "${cores:-1}" --total-executor-cores "$((2 * ${cores:-1}))" \
    --conf spark.sql.shuffle.partitions=4 --conf spark.ui.enabled=false >"$work/$name.log" 2>&1 || {
    local code=$?
    [ -n "${quiet:-}" ] || { tail -n 30 "$work/$name.log" >&2; keep_work=1; }
    return "$code"
  }
}

expect() { # EXIT_CODE NAME MASTER ARGUMENTS...
  local code=0
  quiet=1 submit "${@:2}" || code=$?
  [ "$code" -eq "$1" ] || { echo "exit code $code instead of $1: ${*:4}" >&2; tail -n 30 "$work/$2.log" >&2; return 1; }
}
