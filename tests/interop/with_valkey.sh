#!/usr/bin/env bash
# The job into a Valkey 8.1 and back out with Python, as read_with_python.sh does with Redis. The server is that of Debian 13,
# unpacked with its libraries under target/ and installed nowhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD/target/valkey
if [ ! -x "$root/valkey-server" ]; then
  rm -rf "$root"
  mkdir -p "$root"/{etc,state/lists/partial,cache/archives/partial,packages,files}
  mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)
  [ -n "$mirror" ] || { echo "no Debian mirror in /etc/apt" >&2; exit 1; }
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$root/etc/sources.list"
  options=(-qq -o "Dir::Etc::sourcelist=$root/etc/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State=$root/state"
    -o "Dir::Cache=$root/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update
  (cd "$root/packages" && apt-get "${options[@]}" download valkey-server valkey-tools libc6 libatomic1 libjemalloc2 liblzf1 libssl3t64 \
    libsystemd0 libcap2 libgcc-s1 libstdc++6 libzstd1 zlib1g)
  for package in "$root"/packages/*.deb; do
    dpkg -x "$package" "$root/files"
  done
  library=$(dirname "$(find "$root/files" -name 'libc.so.6' | head -n 1)")
  cat >"$root/valkey-server" <<RUN
#!/bin/sh
exec $library/ld-linux-x86-64.so.2 --library-path $library $root/files/usr/bin/valkey-server "\$@"
RUN
  chmod +x "$root/valkey-server"
fi
"$root/valkey-server" --version
REDIS_SERVER=$root/valkey-server tests/interop/read_with_python.sh
