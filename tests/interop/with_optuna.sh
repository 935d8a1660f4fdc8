#!/usr/bin/env bash
# Optuna loads our journal: the same best value, parameters, states and distributions; importances are found; its dashboard
# starts on the file and answers. With chromium on the PATH the dashboard's page is kept as a picture. The recorded densities
# in tests/resources/optuna are made again and compared.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/interop-optuna
rm -rf "$work"
mkdir -p "$work"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet optuna==5.0.0 optuna-dashboard==0.21.0 pandas==2.3.3 scikit-learn==1.7.2
python=$work/venv/bin/python

"$python" tests/interop/optuna/golden_tpe.py "$work/tpe.json"
"$python" - "$work/tpe.json" tests/resources/optuna/tpe.json <<'EOF'
import json, math, sys
def same(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) if isinstance(a, float) else a == b
fresh, kept = (json.load(open(name)) for name in sys.argv[1:])
assert same(fresh, kept), "tests/resources/optuna/tpe.json is not what Optuna makes of the history"
EOF

./submit.sh generate --output "$work/ratings" --users 300 --items 120 --rows 9000 >"$work/generate.log" 2>&1
./submit.sh tune --conf tests/interop/optuna/space.conf --input "$work/ratings" --output "$work/out" \
  >"$work/tune.log" 2>&1 || { tail -n 30 "$work/tune.log"; exit 1; }
"$python" tests/interop/optuna/load_study.py "$work/out"

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$work/venv/bin/optuna-dashboard" --host 127.0.0.1 --port "$port" "$work/out/study/journal.log" >"$work/dashboard.log" 2>&1 &
dashboard=$!
trap 'kill "$dashboard" 2>/dev/null || true' EXIT
for _ in $(seq 60); do
  curl -fs "http://127.0.0.1:$port/api/studies" >"$work/studies.json" 2>/dev/null && break
  sleep 0.5
done
grep -q 'item2vec map@10' "$work/studies.json"
curl -fs "http://127.0.0.1:$port/api/studies/0" >"$work/study.json"
"$python" -c 'import json, sys; assert len(json.load(open(sys.argv[1]))["trials"]) == 40' "$work/study.json"
echo "optuna-dashboard shows the study"
if command -v chromium >/dev/null; then
  chromium --headless --no-sandbox --disable-gpu --window-size=1500,2200 --virtual-time-budget=20000 \
    --screenshot="$work/dashboard.png" "http://127.0.0.1:$port/dashboard/studies/0" >"$work/chromium.log" 2>&1
  echo "see $work/dashboard.png"
fi
