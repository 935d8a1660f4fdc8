"""The attacks. Each takes an Attack and a layout; returns what happened, and the tag of the run that is published again after it
(None: a new one)."""
import os
import re
import signal
import time

from servers import GO_ON, PAUSE, until

LOST = re.compile("the lease was (taken by another run|given back|lost)")
BUSY = re.compile(r"another run \(.*\) is publishing|" + LOST.pattern)
SERVER = re.compile("restarted while|connection refused|connection broke|connection .* was lost|loading its data|is unknown")
CLUSTER = re.compile(SERVER.pattern + "|CLUSTERDOWN|master|from node to node|were lost|no answer in time")


def seconds(attack, leases):
    time.sleep(attack.random.uniform(1.2, 1.2 + leases) * 2)


def driver_killed(attack, layout):
    run = attack.publish(attack.publishers.drivers(1)[0], layout)
    attack.moment()
    run.publisher.kill()
    attack.told(run)
    moved, again = attack.moved(run), attack.random.random() < 0.4
    return f"killed, {'after' if moved else 'before'} the flip{', the same run again' if again else ''}", run.tag if again else None


def executor_killed(attack, layout):
    run = attack.publish(attack.publishers.with_executors(), layout)
    attack.moment()
    executors = run.publisher.executors()
    some = attack.random.sample(executors, attack.random.randint(1, len(executors)))
    for pid in some:
        os.kill(pid, signal.SIGKILL)
    attack.told(run)
    return f"{len(some)} of {len(executors)} killed, published", None


def server_killed(attack, layout):
    publisher = attack.random.choice([attack.publishers.drivers(1)[0], attack.publishers.with_executors()])
    run = attack.publish(publisher, layout)
    attack.moment()
    attack.server.kill()
    attack.moment(1)
    attack.server.start()
    attack.told(run, SERVER)
    return run.message or "published", run.tag if attack.random.random() < 0.4 else None


def server_stood_still(attack, layout):
    run = attack.publish(attack.publishers.drivers(1)[0], layout)
    attack.moment()
    attack.server.signal(PAUSE)
    seconds(attack, 1)
    attack.server.signal(GO_ON)
    attack.told(run)
    return "published", None


def driver_stopped(attack, layout):
    run = attack.publish(attack.publishers.drivers(1)[0], layout)
    attack.moment()
    run.publisher.signal(PAUSE)
    seconds(attack, 0.5)
    run.publisher.signal(GO_ON)
    attack.told(run)
    return "published", None


def driver_stopped_and_replaced(attack, layout):
    first, second = attack.publishers.drivers(2)
    run = attack.publish(first, layout)
    attack.moment()
    first.signal(PAUSE)
    other = attack.publish(second, layout)
    attack.told(other)
    first.signal(GO_ON)
    attack.told(run, BUSY)  # it may not have had the lease yet
    return f"the other published; {run.message or 'had published before'}", None


def driver_back_meanwhile(attack, layout):
    first, second = attack.publishers.drivers(2)
    run = attack.publish(first, layout)
    attack.moment()
    first.signal(PAUSE)
    other = attack.publish(second, layout, rate=2500)
    seconds(attack, 1)
    first.signal(GO_ON)
    attack.told(other, BUSY)
    attack.told(run, BUSY)  # it may not have had the lease yet
    assert 0 in (run.code, other.code), f"neither published: {run.message}; {other.message}"
    return f"{run.message or 'published'}; the other: {other.message or 'published'}", None


def executor_stopped(attack, layout):
    run = attack.publish(attack.publishers.with_executors(), layout)
    attack.moment()
    pid = attack.random.choice(run.publisher.executors())
    os.kill(pid, PAUSE)
    seconds(attack, 0.5)
    os.kill(pid, GO_ON)
    attack.told(run)
    return "published", None


def executors_outlive_driver(attack, layout):
    run = attack.publish(attack.publishers.with_executors(), layout, rate=2500)
    attack.moment()
    executors = run.publisher.executors()
    for pid in executors:
        os.kill(pid, PAUSE)
    run.publisher.process.kill()
    attack.told(run)
    other = attack.told(attack.publish(attack.publishers.drivers(1)[0], layout))
    for pid in executors:
        os.kill(pid, GO_ON)
    assert other.code == 0
    attack.moment(1)
    return "the next published while they stood still", None


def two_at_once(attack, layout):
    first, second = attack.publishers.drivers(2)
    run = attack.publish(first, layout)
    attack.moment(0.5)
    other = attack.publish(second, layout)
    killed = attack.random.random() < 0.5
    if killed:
        attack.moment()
        first.kill()
    attack.told(run, BUSY)
    attack.told(other, BUSY)
    assert killed or 0 in (run.code, other.code), f"neither published: {run.message}; {other.message}"
    return f"{'killed' if killed else run.message or 'published'}; the other: {other.message or 'published'}", None


def same_run_twice(attack, layout):
    first, second = attack.publishers.drivers(2)
    run = attack.publish(first, layout)
    attack.moment()
    other = attack.told(attack.publish(second, layout, tag=run.tag))
    run.code, run.message = run.publisher.answer()
    assert run.code == 0 or run.code == 4 and LOST.search(run.message), f"{run.code}: {run.message}"
    return f"{run.message or 'published'}; the other: published", None


def operator_killed(attack, layout):
    driver = attack.publishers.drivers(1)[0]
    word = attack.random.choice(("rollback", "prune"))
    driver.order(word, target=attack.server.target, prefix="attack:", layout=layout, keep=1)
    attack.moment(0.6)
    driver.kill()
    driver.answer()
    attack.lease = 15_000  # a command's own lasts that long
    return f"{word} killed", None


def slots_moved(attack, layout):
    run = attack.publish(attack.publishers.drivers(1)[0], layout, rate=2500)
    attack.moment(1)
    attack.server.reshard(attack.random.randint(50, 400))
    attack.told(run, CLUSTER)
    return run.message or "published", None


def failover(attack, layout):
    run = attack.publish(attack.publishers.drivers(1)[0], layout, rate=1000)
    attack.moment()
    killed = attack.server.fail_over(attack.random.randrange(3))
    attack.told(run, CLUSTER)
    killed.start()
    until(30, "the old master as a replica", attack.server.well)
    return run.message or "published", None


ONE_SERVER = {driver_killed: 22, executor_killed: 16, server_killed: 15, server_stood_still: 5, driver_stopped: 4,
              driver_stopped_and_replaced: 8, driver_back_meanwhile: 5, executor_stopped: 3, executors_outlive_driver: 5, two_at_once: 4,
              same_run_twice: 4, operator_killed: 3}
CLUSTER_TOO = {slots_moved: 2, failover: 2, driver_killed: 1, driver_stopped_and_replaced: 1}
FEW = [driver_killed, executor_killed, server_killed, driver_stopped_and_replaced, executors_outlive_driver, two_at_once]


def deck(kills, random, only):
    """The attacks on one server and those on a cluster, in a random order; a few are one of each of the most telling."""
    if only:
        named = [globals()[name] for name in only.split(",")]
        chosen = (named * kills)[:kills]
        return [k for k in chosen if k not in (slots_moved, failover)], [k for k in chosen if k in (slots_moved, failover)]
    if kills <= len(FEW):
        return random.sample(FEW, kills), []
    on_cluster = [kind for kind, count in CLUSTER_TOO.items() for _ in range(count)] if kills >= 30 else []
    cards = [kind for kind, count in ONE_SERVER.items() for _ in range(count)]
    chosen = []
    while len(chosen) < kills - len(on_cluster):
        chosen += random.sample(cards, min(len(cards), kills - len(on_cluster) - len(chosen)))
    random.shuffle(on_cluster)
    return chosen, on_cluster
