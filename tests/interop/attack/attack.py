"""Publishers killed, stopped and run against each other at random moments; see publish_attack.sh.

After each attack: what each publisher said of itself is true, the next publish succeeds, nothing but the kept generations is
left, and no reader has seen anything but whole lists. Usage: attack.py WORK_DIRECTORY (settings by the environment)
"""
import os
import random
import sys
import time
from pathlib import Path

import scenarios
from leftovers import leftovers
from publisher import Publishers
from reader import Reader
from servers import Cluster, Server, until

LAYOUTS = ("list-text", "bucketed")
PREFIX, USERS, KEEP, LEASE = "attack:", 3000, 2, 2000  # the lease in milliseconds


class Setup:
    """How a publisher is started."""

    def __init__(self, work):
        self.root, self.work = Path.cwd(), Path(work)
        self.java = os.environ["ATTACK_JAVA"].split("\n")
        self.environment = {"SPARK_LOCAL_DIRS": str(self.work / "spark"), "SPARK_HOME": os.environ["ATTACK_SPARK_HOME"],
                            "SPARK_SCALA_VERSION": "2.13", "SPARK_LOCAL_IP": "127.0.0.1"}


class Run:
    """One publish under way."""

    def __init__(self, tag, layout, publisher):
        self.tag, self.layout, self.publisher = tag, layout, publisher
        self.code = self.message = None


class Attack:
    """A server under attack, with what is known of it. Scenarios use publish, told and pick."""

    def __init__(self, setup, server, publishers, seed, first_tag):
        self.setup, self.server, self.publishers, self.random = setup, server, publishers, random.Random(seed)
        self.tag, self.retries, self.lease, self.takes = first_tag, 0, LEASE, 2.0
        for layout in LAYOUTS:
            self.good(layout)
        self.readers = {layout: Reader(server, PREFIX, layout, USERS, seed) for layout in LAYOUTS}
        for reader in self.readers.values():
            reader.start()

    def publish(self, publisher, layout, tag=None, rate=None, lease=LEASE):
        if tag is None:
            self.tag += 1
            tag = self.tag
        rate = self.random.choice((0, 2500)) if rate is None else rate
        publisher.order("publish", target=self.server.target, prefix=PREFIX, layout=layout, keep=KEEP, lease=lease, tag=tag,
                        users=USERS, max_users_per_second=rate)
        return Run(tag, layout, publisher)

    def moment(self, most=None):
        """Lets some of a publish happen, by the time that one takes here; or something else, in seconds."""
        time.sleep(self.random.uniform(0, 1.1 * self.takes if most is None else most))

    def moved(self, run):
        """Whether readers were sent to the run's lists."""
        return run.tag in self.readers[run.layout].tags() or self.follows(run.layout) == run.tag

    def follows(self, layout):
        with self.server.client() as client:
            pointer = client.get(f"{PREFIX}{layout}:current")
            run = pointer and client.hget(f"{PREFIX}{pointer.decode()}:meta", "run")
        return int(run.decode().rpartition("-")[2]) if run else None

    def told(self, run, may_fail=None):
        """Waits for the run's end and compares what it says with what is so. may_fail: a pattern of messages, else it may not."""
        run.code, run.message = run.publisher.answer()
        if run.code == 0:
            until(2, f"readers of tag {run.tag}, whose publish said that it succeeded", lambda: self.moved(run))
        elif run.code != -9:
            if run.code != 4 or may_fail is None or not may_fail.search(run.message):
                raise AssertionError(f"tag {run.tag} ended with {run.code}: {run.message}")
            if self.moved(run) and "is unknown" not in run.message:
                raise AssertionError(f"tag {run.tag} says that it failed, but readers were sent to it: {run.message}")
        return run

    def good(self, layout, lease=LEASE, tag=None):
        """The next publish, undisturbed."""
        began, run = time.monotonic(), self.publish(self.publishers.drivers(1)[0], layout, tag=tag, rate=0, lease=lease)
        code, message = run.publisher.answer()
        self.takes = 0.7 * self.takes + 0.3 * min(4, time.monotonic() - began)
        if code != 0:
            raise AssertionError(f"the publish after the attack (tag {run.tag}) ended with {code}: {message}")
        if self.follows(layout) != run.tag:
            raise AssertionError(f"readers follow tag {self.follows(layout)} instead of {run.tag}")

    def settle(self, layout, tag=None):
        """Publishes, then looks what is left; tasks that end late are given a prune or two."""
        self.good(layout, lease=self.lease, tag=tag)
        self.lease = LEASE
        for turn in range(4):
            left = leftovers(self.server, PREFIX, KEEP)
            if not left:
                break
            time.sleep(0.5 * turn)
            pruner = self.publishers.drivers(1)[0]
            pruner.order("prune", target=self.server.target, prefix=PREFIX, keep=KEEP)
            code, message = pruner.answer()
            if code != 0:
                raise AssertionError(f"prune ended with {code}: {message}")
            self.retries += 1
        else:
            raise AssertionError("left behind: " + "; ".join(left))
        for reader in self.readers.values():
            if reader.faults:
                raise AssertionError("readers: " + "; ".join(reader.faults[:5]))

    def end(self):
        for reader in self.readers.values():
            reader.ended.set()
        lists, errors = (sum(getattr(reader, what) for reader in self.readers.values()) for what in ("lists", "errors"))
        return f"{lists:,} lists read, each wholly of one generation ({errors} times no answer)"


def carry_out(attack, kinds, began):
    for number, kind in enumerate(kinds, 1):
        layout, before = attack.random.choice(LAYOUTS), time.monotonic()
        print(f"{number:3}/{len(kinds)} {kind.__name__:24} {layout:10}", end=" ", flush=True)
        said, again = kind(attack, layout)
        attack.settle(layout, again)
        print(f"{time.monotonic() - before:5.1f} s, at {time.monotonic() - began:5.0f} s: {said}", flush=True)
    print(attack.end(), f"{attack.retries} prunes for late tasks", flush=True)


def main(work):
    kills, seed = int(os.environ.get("ATTACK_KILLS", 100)), int(os.environ.get("ATTACK_SEED", random.randrange(1 << 31)))
    print(f"ATTACK_SEED={seed} ATTACK_KILLS={kills}", flush=True)
    setup, began = Setup(work), time.monotonic()
    deck, on_cluster = scenarios.deck(kills, random.Random(seed), os.environ.get("ATTACK_ONLY"))
    publishers, servers = Publishers(setup), []
    try:
        if deck:
            servers.append(Server(setup.work, "redis"))
            carry_out(Attack(setup, servers[-1], publishers, seed, 0), deck, began)
        if on_cluster:
            servers.append(Cluster(setup.work))
            carry_out(Attack(setup, servers[-1], publishers, seed, 10_000), on_cluster, began)
    finally:
        publishers.close()
        for server in servers:
            server.kill()
    print(f"{kills} attacks in {time.monotonic() - began:.0f} s: readers whole, nothing left behind, every message true")


if __name__ == "__main__":
    main(sys.argv[1])
