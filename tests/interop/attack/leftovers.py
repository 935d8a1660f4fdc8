"""What is under a prefix besides whole, kept generations."""
import re


def leftovers(server, prefix, keep):
    """Sentences; none when all is in order."""
    fixed = re.compile(r"generations|last|removed|fence:\{.*\}|[a-z-]+:current")
    client, found, counts = server.client(), [], {}
    registered = {id.decode() for id in client.smembers(prefix + "generations")}
    for key in server.keys("*"):
        name = key.decode("latin-1")
        rest = name.removeprefix(prefix)
        generation, _, user = rest.partition(":")
        if name.startswith(prefix) and generation in registered:
            counts.setdefault(generation, []).append((key, user))
        elif not name.startswith(prefix) or not fixed.fullmatch(rest):
            found.append(f"the key {name}")
    kept = {}
    for generation in sorted(registered):
        meta = {k.decode(): v.decode() for k, v in client.hgetall(f"{prefix}{generation}:meta").items()}
        if meta.get("state") != "complete":
            found.append(f"generation {generation} of {meta.get('run')} is {meta.get('state')}")
            continue
        kept.setdefault(meta["layout"], []).append(generation)
        lists = [key for key, user in counts.get(generation, []) if user not in ("meta", "items") and not user.startswith("index:")]
        users = sum(client.hlen(key) for key in lists) if meta["layout"] == "bucketed" else len(lists)
        if users != int(meta["users"]):
            found.append(f"generation {generation} of {meta['run']} holds {users} lists instead of {meta['users']}")
    for layout, ids in kept.items():
        pointer = client.get(f"{prefix}{layout}:current").decode()
        if len(ids) > keep or pointer not in ids:
            found.append(f"{layout}: generations {ids}, readers follow {pointer}")
    client.close()
    more = [f"and {len(found) - 5} more"] if len(found) > 5 else []
    return found[:5] + more
