"""The field's usual recipe, timed: logistic regression on one row a vote, with bootstrap intervals.

python3 sklearn_bootstrap.py FOLDER BOOTSTRAPS, where FOLDER holds votes.i16 (a, b, a won) and theta.f64 (the
strengths to compare with). Prints the largest difference in points and the seconds taken.
"""

import sys
import time

import numpy as np
import sklearn
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

folder, bootstraps = sys.argv[1], int(sys.argv[2])
votes = np.fromfile(f"{folder}/votes.i16", dtype=np.int16).reshape(-1, 3)
theta = np.fromfile(f"{folder}/theta.f64")
rows, models = len(votes), len(theta)


def design(pairs):
    index = np.arange(len(pairs))
    data = np.concatenate([np.ones(len(pairs)), -np.ones(len(pairs))])
    return csr_matrix(
        (data, (np.concatenate([index, index]), np.concatenate([pairs[:, 0], pairs[:, 1]]))), shape=(len(pairs), models)
    )


def fit(sample):
    model = LogisticRegression(penalty=None, fit_intercept=False, tol=1e-6, max_iter=1000)
    model.fit(design(sample[:, :2]), sample[:, 2])
    return model.coef_[0] - model.coef_[0].mean()


start, cpu = time.time(), time.process_time()
point = fit(votes)
first = time.time() - start
rng = np.random.default_rng(0)
draws = np.array([fit(votes[rng.integers(0, rows, rows)]) for _ in range(bootstraps)])
low, high = np.percentile(draws, [2.5, 97.5], axis=0)
total, cpu = time.time() - start, time.process_time() - cpu
print(f"scikit-learn {sklearn.__version__}: one fit {first:.2f} s; largest difference {np.abs(point - theta).max() * 400 / np.log(10):.1e} points")
print(f"{bootstraps} bootstraps: mean half-width {np.mean(high - low) / 2 * 400 / np.log(10):.2f} points; total seconds {total:.1f}, CPU seconds {cpu:.1f}")
