"""The servers: one redis-server with an append-only file, and a Redis Cluster of three masters and their replicas."""
import os
import signal
import socket
import subprocess
import time

import redis
from redis.cluster import ClusterNode, RedisCluster


def free_port():
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


def until(seconds, what, condition):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.05)


class Server:
    """A redis-server that keeps what it has acknowledged when it is killed."""

    def __init__(self, work, name, *settings, port=None):
        self.port, self.process = port or free_port(), None
        self.directory = work / name
        self.directory.mkdir()
        self.command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "yes",
                        "--appendfsync", "no", "--hash-max-listpack-value", "256", "--dir", str(self.directory),
                        "--logfile", str(self.directory / "log"), *settings]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        until(20, "Redis", self.answers)

    def answers(self):
        try:
            with self.client() as client:
                return client.ping()
        except redis.RedisError:
            return False

    def client(self):
        return redis.Redis(port=self.port, socket_timeout=30)

    def signal(self, number):
        os.kill(self.process.pid, number)

    def kill(self):
        self.process.kill()
        self.process.wait()

    @property
    def target(self):
        return f"127.0.0.1:{self.port}"

    def keys(self, pattern):
        with self.client() as client:
            return list(client.scan_iter(pattern, count=5000))


class Cluster:
    """Six nodes; the first three are masters to begin with."""

    def __init__(self, work):
        self.nodes = []
        for number in range(6):
            port, bus = free_port(), free_port()
            self.nodes.append(Server(work, f"node-{number}", "--cluster-enabled", "yes", "--cluster-node-timeout", "1500",
                                     "--cluster-port", str(bus), "--repl-diskless-sync-delay", "0", port=port))
        self.cli("--cluster", "create", *(node.target for node in self.nodes), "--cluster-replicas", "1", "--cluster-yes")
        until(30, "the cluster", self.well)

    def cli(self, *arguments):
        done = subprocess.run(["redis-cli", *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"redis-cli {' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr}")

    def well(self):
        """Whether all nodes that run agree on three masters, and each replica has what its master has."""
        live = [node for node in self.nodes if node.process.poll() is None]
        for node in live:
            with redis.Redis(port=node.port) as client:
                flags = [known["flags"].split(",") for known in client.execute_command("CLUSTER NODES").values()]
                seen = [sum(role in some and not any("fail" in flag for flag in some) for some in flags) for role in ("master", "slave")]
                replication = client.info("replication")
                if client.execute_command("CLUSTER INFO").get("cluster_state") != "ok" or seen != [3, len(live) - 3]:
                    return False
                if replication["role"] == "slave" and replication["master_link_status"] != "up":
                    return False
        return True

    def masters(self):
        return [node for node in self.nodes if node.process.poll() is None and node.client().info("replication")["role"] == "master"]

    def client(self):
        return RedisCluster(startup_nodes=[ClusterNode("127.0.0.1", node.port) for node in self.nodes], socket_timeout=5)

    @property
    def target(self):
        return self.masters()[0].target

    def reshard(self, slots):
        """Moves slots from the first master to the second, with their keys."""
        first, second = (node.client().execute_command("CLUSTER MYID").decode() for node in self.masters()[:2])
        self.cli("--cluster", "reshard", self.target, "--cluster-from", first, "--cluster-to", second, "--cluster-slots", str(slots),
                 "--cluster-yes")

    def fail_over(self, number):
        """Kills a master; returns it when its replica has taken over."""
        killed = self.masters()[number]
        killed.kill()
        until(30, "a failover", lambda: len(self.masters()) == 3 and self.well())
        return killed

    def keys(self, pattern):
        return [key for master in self.masters() for key in master.keys(pattern)]

    def kill(self):
        for node in self.nodes:
            node.kill()


PAUSE, GO_ON = signal.SIGSTOP, signal.SIGCONT
