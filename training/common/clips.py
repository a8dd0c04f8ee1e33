"""The clips that training/export/clips.ts wrote: frames, caption tokens and ground truth."""

import json

import numpy as np
import torch

from training.common.world import DATA, augment_captions

CLIPS = json.loads((DATA / "clips.json").read_text())
FRAMES, TEXT_LENGTH, VOCABULARY = CLIPS["frames"], CLIPS["textLength"], CLIPS["vocabularySize"]
KINDS, COLOURS, BACKGROUNDS, MOTIONS = (len(CLIPS[name]) for name in ("kinds", "colours", "backgrounds", "motions"))

__all__ = ["CLIPS", "FRAMES", "TEXT_LENGTH", "VOCABULARY", "KINDS", "COLOURS", "BACKGROUNDS", "MOTIONS", "ClipSplit", "augment_captions", "to_bytes", "to_tensor"]


class ClipSplit:
    """One split, memory-mapped. frames uint8 [N,17,64,64,3], tokens uint8 [N,24], truth int16 [N,11] (see clips.ts)."""

    def __init__(self, name: str):
        self.frames = np.memmap(DATA / f"clips-{name}.frames.bin", np.uint8, "r").reshape(-1, FRAMES, 64, 64, 3)
        self.tokens = np.fromfile(DATA / f"clips-{name}.tokens.bin", np.uint8).reshape(-1, TEXT_LENGTH)
        self.truth = np.fromfile(DATA / f"clips-{name}.truth.bin", np.int16).reshape(-1, 11)

    def __len__(self):
        return len(self.tokens)

    def pixels(self, index) -> torch.Tensor:
        """float32 [B,17,3,64,64] in [-1,1]."""
        return to_tensor(self.frames[index])

    def captions(self, index) -> torch.Tensor:
        return torch.from_numpy(self.tokens[index].astype(np.int64))


def to_tensor(frames: np.ndarray) -> torch.Tensor:
    """uint8 [...,H,W,3] -> float32 [...,3,H,W] in [-1,1]."""
    return torch.from_numpy(np.array(frames)).movedim(-1, -3).float() / 127.5 - 1


def to_bytes(clips: torch.Tensor) -> np.ndarray:
    """float [...,3,H,W] in [-1,1] -> uint8 [...,H,W,3]."""
    return ((clips.float().clamp(-1, 1) + 1) * 127.5).round().byte().movedim(-3, -1).cpu().numpy()
