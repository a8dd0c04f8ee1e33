"""The Toybox arrays that training/export/scenes.ts wrote: images, caption tokens and ground truth."""

import json
from pathlib import Path

import numpy as np
import torch

DATA = Path(__file__).resolve().parents[1] / "data"
WORLD = json.loads((DATA / "world.json").read_text())
TEXT_LENGTH = WORLD["textLength"]
VOCABULARY = WORLD["vocabularySize"]
PADDING, UNKNOWN = 0, 1


class Split:
    """One split, memory-mapped. images uint8 [N,64,64,3], tokens uint8 [N,L], truth int16 [N,18] (see export.ts)."""

    def __init__(self, name: str):
        self.images = np.memmap(DATA / f"{name}.images.bin", np.uint8, "r").reshape(-1, 64, 64, 3)
        self.tokens = np.fromfile(DATA / f"{name}.tokens.bin", np.uint8).reshape(-1, TEXT_LENGTH)
        self.truth = np.fromfile(DATA / f"{name}.truth.bin", np.int16).reshape(-1, 18)

    def __len__(self):
        return len(self.tokens)

    def pixels(self, index) -> torch.Tensor:
        """float32 [B,3,64,64] in [-1,1]."""
        return to_tensor(self.images[index])

    def crowded(self) -> np.ndarray:
        """Rows of the scenes with several kinds of things side by side: nothing but their words tells which has which colour."""
        kinds = self.truth[:, [3, 8, 13]]
        several = (kinds >= 0) & (kinds != kinds[:, :1])
        return np.flatnonzero(several.any(1) & (self.truth[:, 1] < 0))

    def captions(self, index) -> torch.Tensor:
        return torch.from_numpy(self.tokens[index].astype(np.int64))


def to_tensor(images: np.ndarray) -> torch.Tensor:
    """uint8 [B,64,64,3] -> float32 [B,3,64,64] in [-1,1]."""
    return torch.from_numpy(np.array(images)).permute(0, 3, 1, 2).float() / 127.5 - 1


def to_bytes(images: torch.Tensor) -> np.ndarray:
    """float [B,3,64,64] in [-1,1] -> uint8 [B,64,64,3]."""
    return ((images.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()


def augment_captions(tokens: torch.Tensor, generator: np.random.Generator, drop: float = 0.1, unknown: float = 0.05):
    """Empties a share of the captions (classifier-free guidance) and puts an unknown word into a few (free prompts)."""
    tokens = tokens.clone()
    length = tokens.shape[1]
    for row in np.flatnonzero(generator.random(len(tokens)) < unknown):
        at = int(generator.integers(0, length - 1))
        tokens[row, at + 1 :] = tokens[row, at:-1].clone()
        tokens[row, at] = UNKNOWN
    tokens[torch.from_numpy(generator.random(len(tokens)) < drop)] = PADDING
    return tokens
