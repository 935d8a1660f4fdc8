"""Publishers to be attacked: a JVM each, which stays for the next publish unless it is killed."""
import os
import queue
import signal
import subprocess
import threading

SPARE = 2


class Publisher:
    """A driver, and its executors where the master is a local-cluster."""

    def __init__(self, setup, name, master):
        self.name, self.master, self.log = name, master, open(setup.work / f"{name}.log", "ab")
        self.process = subprocess.Popen(
            [*setup.java, "AttackPublisher", master], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
            env={**os.environ, **setup.environment}, cwd=setup.root, text=True, bufsize=1)
        self.lines = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.ready = self.stopped = False

    def _listen(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def await_ready(self):
        while not self.ready:
            line = self.lines.get(timeout=300)
            if line is None:
                raise AssertionError(f"{self.name} did not start: see {self.log.name}")
            self.ready = line == "READY"
        return self

    def order(self, word, **settings):
        self.await_ready()
        self.process.stdin.write(" ".join([word, *(f"{k.replace('_', '-')}={v}" for k, v in settings.items())]) + "\n")

    def answer(self, seconds=90):
        """The exit code and the message; -9 and none of a driver that was killed."""
        try:
            line = self.lines.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError(f"{self.name} has not answered for {seconds} s: see {self.log.name}") from None
        if line is None:
            return self.process.wait(), ""
        code, _, message = line.partition(" ")
        return int(code), message

    def signal(self, number):
        self.stopped = number == signal.SIGSTOP
        os.kill(self.process.pid, number)

    def executors(self):
        """Their process ids; a local-cluster starts another for each that ends."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid), "java"], capture_output=True, text=True)
        return [int(pid) for pid in found.stdout.split()]

    def alive(self):
        return self.process.poll() is None

    def kill(self):
        if self.alive():
            for pid in [*self.executors(), self.process.pid]:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            self.process.wait()
        self.log.close()


class Publishers:
    """Some that run and spare ones that start meanwhile, so that nobody waits for a JVM."""

    def __init__(self, setup):
        self.setup, self.count = setup, 0
        self.local = [self._start("local[2]")]
        self.cluster = None

    def _start(self, master):
        self.count += 1
        return Publisher(self.setup, f"publisher-{self.count}", master)

    def drivers(self, count):
        """Drivers that run, the longest-lived first. There is always a spare one on its way."""
        self.local = [one for one in self.local if one.alive()]
        while len(self.local) < max(SPARE, count):
            self.local.append(self._start("local[2]"))
        return [one.await_ready() for one in self.local[:count]]

    def with_executors(self):
        if not (self.cluster and self.cluster.alive()):
            self.cluster = self._start("local-cluster[2,1,512]")
        return self.cluster.await_ready()

    def close(self):
        for one in [*self.local, *filter(None, [self.cluster])]:
            one.kill()
