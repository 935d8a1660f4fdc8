"""Two versions of the data source next to each other, in turns. Usage: redis_versions.py PORT STRANGERS NAME=COMMAND ...

COMMAND starts RedisTurns with that version's jar. Prints a table for BENCHMARKS.md: seconds and CPU of publisher and server (each
the least of the rounds), memory and calls of SCAN per publish. STRANGERS: keys of others in the database; 0 compares the layouts instead.
"""
import os
import statistics
import subprocess
import sys

import redis

ROUNDS, WARM_UPS = int(os.environ.get("BENCH_ROUNDS", 3)), 2
USERS = int(os.environ.get("BENCH_USERS", 200_000))
LAYOUTS = os.environ.get("BENCH_LAYOUTS", "list-text,list-binary,packed,indexed,bucketed").split(",")


class Version:
    def __init__(self, name, command, port):
        self.name, self.port = name, port
        self.process = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def publish(self, users, layout, prefix):
        self.process.stdin.write(f"{users} target=127.0.0.1:{self.port} layout={layout} prefix={prefix} hash-max-listpack-value=256\n")
        for line in self.process.stdout:
            if line.startswith("seconds "):
                return [float(word) for word in line.split()[1:]]
        raise AssertionError(f"{self.name} ended")


def measured(client, version, users, layout, prefix, flush):
    if flush:
        client.flushall()
        client.memory_purge()
    client.config_resetstat()
    before = client.info()
    seconds, publisher = version.publish(users, layout, prefix)
    after, calls = client.info(), client.info("commandstats").get("cmdstat_scan", {}).get("calls", 0)
    cpu = sum(after[field] - before[field] for field in ("used_cpu_user", "used_cpu_sys"))
    return seconds, 1e6 * publisher / users, 1e6 * cpu / users, (after["used_memory"] - before["used_memory"]) / users, calls


def compared(client, versions, users, layout, strangers):
    rows = {version.name: [] for version in versions}
    for round_ in range(WARM_UPS + ROUNDS):
        for number, version in enumerate(versions):
            row = measured(client, version, users, layout, f"rec{number}:", not strangers)  # as long as recs:
            if round_ >= WARM_UPS:
                rows[version.name].append(row)
    first = min(seconds for seconds, *_ in rows[versions[0].name])
    for name, some in rows.items():
        seconds, publisher, cpu = (min(row[i] for row in some) for i in range(3))
        size, scans = statistics.median(row[3] for row in some), some[-1][4]
        memory = "" if strangers else f" {size:,.1f} |"
        print(f"| {name} | {layout} | {users:,} | {seconds:.2f} | {seconds / first:.2f} | {publisher:,.2f} | {cpu:,.2f} |{memory} {scans:,} |", flush=True)


def main(port, strangers, *commands):
    client = redis.Redis(port=int(port), socket_timeout=300)
    versions = [Version(*command.split("=", 1), port) for command in commands]
    if strangers:
        client.execute_command("DEBUG", "POPULATE", strangers, "stranger", 16)
        print(f"{strangers:,} keys of others")
    memory, line = ("", "") if strangers else (" bytes/user |", "---|")
    print(f"| version | layout | users | seconds | of the first | publisher us/user | server us/user |{memory} SCAN calls |\n"
          f"|---|---|---|---|---|---|---|---|{line}")
    for layout in LAYOUTS:
        compared(client, versions, 1000 if strangers else USERS, layout, strangers)
    for version in versions:
        version.process.stdin.close()
        version.process.wait()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
