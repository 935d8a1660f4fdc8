#!/usr/bin/env bash
# The report in a real browser: runs the demo, a small study and two runs that are compared (and, when ITEM2VEC_ML100K names it,
# ML-100k with its titles), opens each report.html in headless Chromium and Firefox without a network, and uses it: clicks, keyboard, phone width, both
# themes, each chart's files, axe-core's accessibility rules. Screenshots of light, dark and phone width stay in target/interop-report.
# With --picture it only runs the demo and makes the README's picture of its report, src/site/resources/images/report.png.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/interop-report
rm -rf "$work"
mkdir -p "$work"

if ! command -v chromium >/dev/null || ! command -v firefox-esr >/dev/null; then
  [ "$(id -u)" = 0 ] || { echo "report_in_browser.sh: a browser is missing (apt-get install chromium firefox-esr)" >&2; exit 1; }
  apt-get update -qq && apt-get install -y -qq chromium firefox-esr >/dev/null
fi
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet playwright==1.55.0 axe-playwright-python==0.1.8 websockets==15.0.1

job() { # NAME ARGUMENTS...
  ./submit.sh "${@:2}" --output "$work/$1" >"$work/$1.log" 2>&1 || { tail -n 30 "$work/$1.log"; exit 1; }
}
job demo demo
if [ "${1:-}" = --picture ]; then
  "$work/venv/bin/pip" install --quiet pillow==11.3.0
  "$work/venv/bin/python" tests/interop/report/picture.py "$work/demo/report.html" src/site/resources/images/report.png
  exit
fi
job ratings generate --users 300 --items 120 --rows 9000
job tune tune --conf tests/interop/optuna/space.conf --input "$work/ratings"
pages=(demo tune)
if [ -n "${ITEM2VEC_ML100K:-}" ]; then
  titles=$(find "$(dirname "$ITEM2VEC_ML100K")" -maxdepth 1 -name 'u.item*' | sort | tail -n 1)
  job ml-100k evaluate --conf conf/ml-100k.conf --input "$ITEM2VEC_ML100K" -D evaluation.k=1,5,10,20,50,100 \
    -D evaluation.baselines=popularity,ease ${titles:+-D "input.titles=$titles"}
  pages+=(ml-100k)
fi
for size in 8 16; do
  job "run-$size" evaluate --input "$work/ratings" -D training.max-iter=5 -D "training.vector-size=$size"
done
mkdir "$work/comparison"
./submit.sh report "$work/run-8" "$work/run-16" --html "$work/comparison/report.html" >"$work/comparison.log" 2>&1 ||
  { tail -n 30 "$work/comparison.log"; exit 1; }
printf '1\t2\tgood\t3\n' >"$work/bad.data"
code=0
./submit.sh run --input "$work/bad.data" --output "$work/failed" >"$work/failed.log" 2>&1 || code=$?
[ "$code" -ne 0 ] || { echo "bad ratings were accepted"; exit 1; }
"$work/venv/bin/python" tests/interop/report/use_report.py "$work" failed comparison "${pages[@]}"
"$work/venv/bin/python" tests/interop/report/use_in_firefox.py "$work" comparison "${pages[@]}"
