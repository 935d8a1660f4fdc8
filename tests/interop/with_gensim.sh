#!/usr/bin/env bash
# gensim's files are read here and its predictions found again; the files written here are read by gensim, which finds
# the same neighbours and predictions. With ITEM2VEC_ML100K, the path of MovieLens' u.data, the reference notebook's lists
# are scored here and must get the notebook's own figures.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/interop-gensim
rm -rf "$work"
mkdir -p "$work"

./submit.sh --help >/dev/null # builds the jar
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet gensim==4.4.0 numpy==2.4.6 scipy==1.17.1
python=$work/venv/bin/python

"$python" tests/interop/gensim/gensim_models.py "$work/gensim" 150 300
if [ -n "${ITEM2VEC_ML100K:-}" ]; then
  "$python" tests/interop/gensim/notebook_lists.py "$ITEM2VEC_ML100K" "$work/gensim/notebook"
else
  echo "skipped: the notebook's lists (ITEM2VEC_ML100K does not name u.data)"
fi
"${JAVA_HOME:+$JAVA_HOME/bin/}java" @conf/jvm.options -Xmx1g -Dlog4j2.configurationFile=file:conf/log4j2.properties \
  -cp "target/item2vec-spark.jar:$(cat target/spark.classpath)" \
  tests/interop/gensim/GensimInterop.java "$work/gensim" "$work/ours"
"$python" tests/interop/gensim/read_export.py "$work"/ours/*
for architecture in skip-gram cbow; do
  for file in input.txt input.bin output.txt output.bin counts.txt; do
    cmp "$work/gensim/$architecture/$file" "$work/ours/gensims-$architecture/$file"
  done
done
