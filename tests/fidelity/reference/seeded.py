"""Random tensors and images that tests/fidelity/seeded.ts makes again, bit for bit, from the same seeds."""

import zlib

import numpy as np


def random_tensor(name: str, shape: tuple) -> np.ndarray:
    """float32 weights by name: the scale by what the name says the tensor is for, the seed by the name itself."""
    if name.endswith("num_batches_tracked"):
        return np.zeros(shape, dtype=np.int64)
    u = np.random.RandomState(zlib.crc32(name.encode())).random_sample(shape)
    if name.endswith(("running_var", "bn.weight")):
        return (0.5 + u).astype(np.float32)
    if name.endswith("bn.bias"):  # above zero, so that most ReLUs of a random network let something through
        return u.astype(np.float32)
    if len(shape) == 1:
        return (0.2 * (u - 0.5)).astype(np.float32)
    fan_in = int(np.prod(shape[1:]))
    return (np.sqrt(24.0 / fan_in) * (u - 0.5)).astype(np.float32)


def image(width: int, height: int, seed: int) -> np.ndarray:
    """[height, width, 3] bytes: slanted bands under noise."""
    noise = np.random.RandomState(seed).random_sample((height, width, 3))
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    bands = (x * (seed + 2) + y * 3 + c * 40) // 4 % 192
    return (bands + np.floor(noise * 64)).astype(np.uint8)
