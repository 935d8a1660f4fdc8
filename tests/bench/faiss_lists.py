"""faiss-cpu's exact search next to rank.sh: USERS ITEMS DIMENSIONS K. Numbers of normal law; nothing is left out of a list."""

import sys
import time

import faiss
import numpy

users, items, dimensions, k = map(int, sys.argv[1:5])
random = numpy.random.default_rng(1)
index = faiss.IndexFlatIP(dimensions)
index.add(random.standard_normal((items, dimensions), dtype=numpy.float32))
profiles = random.standard_normal((users, dimensions), dtype=numpy.float32)
faiss.omp_set_num_threads(2)
index.search(profiles[:2000], k)  # warms up
start = time.perf_counter()
index.search(profiles, k)
seconds = time.perf_counter() - start
print(
    f"Ranking: faiss-cpu {faiss.__version__} IndexFlatIP, {users:,} users x {items:,} items x {dimensions}, top {k}: "
    f"{seconds:.1f} s, {2e-9 * users * items * dimensions / seconds:.1f} GFLOP/s"
)
