"""Fréchet distance at d features the ways of the field's tools, on the float64 rows that frechet.ts wrote."""

import sys
import time

import numpy as np
import scipy.linalg

folder, d = sys.argv[1], int(sys.argv[2])
a, b = (np.fromfile(f"{folder}/{name}.bin").reshape(-1, d) for name in "ab")
(m1, s1), (m2, s2) = ((x.mean(0), np.cov(x, rowvar=False)) for x in (a, b))
rest = ((m1 - m2) ** 2).sum() + np.trace(s1) + np.trace(s2)


def timed(name, trace):
    start, cpu = time.perf_counter(), time.process_time()
    value = rest - 2 * trace()
    print(f"{name}\t{time.perf_counter() - start:.3f}\t{time.process_time() - cpu:.3f}\t{value:.9f}", flush=True)


def eigh():
    w, v = np.linalg.eigh(s1)
    root = (v * np.sqrt(w.clip(0))) @ v.T
    return np.sqrt(np.linalg.eigvalsh(root @ s2 @ root).clip(0)).sum()


timed("scipy.linalg.sqrtm (pytorch-fid)", lambda: np.trace(scipy.linalg.sqrtm(s1.dot(s2), disp=False)[0]).real)
timed("numpy eigvals (torch-fidelity 0.4, torchmetrics)", lambda: np.sqrt(np.linalg.eigvals(s1 @ s2).astype(complex)).real.sum())
timed("numpy eigh, symmetric form", eigh)
