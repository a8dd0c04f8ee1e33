"""Precision, recall, density, coverage the way of the prdc package: whole distance matrices by scikit-learn."""

import resource
import sys
import time

import numpy as np
from sklearn.metrics import pairwise_distances

folder, d, k = sys.argv[1], int(sys.argv[2]), 5
real, fake = (np.fromfile(f"{folder}/{name}.bin", dtype=np.float32).reshape(-1, d) for name in ("real", "fake"))
start = time.perf_counter()


def radii(x):
    return np.partition(pairwise_distances(x, n_jobs=-1), k, axis=-1)[:, k]


real_radii, fake_radii = radii(real), radii(fake)
gap = pairwise_distances(real, fake, n_jobs=-1)
precision = (gap < real_radii[:, None]).any(0).mean()
recall = (gap < fake_radii[None]).any(1).mean()
density = (gap < real_radii[:, None]).sum(0).mean() / k
coverage = (gap.min(1) < real_radii).mean()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{time.perf_counter() - start:.1f}\t{peak:.0f}\t{precision}\t{recall}\t{density}\t{coverage}")
