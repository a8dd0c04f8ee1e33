"""Pairs (noise, image) of a trained generator: what a few-step student learns from (reflow, Liu et al. 2023)."""

import time

import numpy as np
import torch

from training.common.fit import CHECKPOINTS, DEVICE, autocast
from training.common.objectives import Flow, guided
from training.common.world import PADDING, Split


@torch.no_grad()
def pairs(teacher, count: int, steps: int, guidance: float, seed=11, batch=50, empty=0.05):
    """Float16 noise [N,C,H,W], float16 end points [N,C,H,W] and tokens [N,L]: captions of the training split, a share of them
    emptied, and where Euler's steps carry each noise under the teacher: a couple needs a walk that adds no noise. Kept beside the checkpoints, part by part."""
    folder = CHECKPOINTS / f"{teacher.id}.pairs"
    folder.mkdir(parents=True, exist_ok=True)
    split = Split("train")
    model = teacher.model
    model.load_state_dict(torch.load(CHECKPOINTS / f"{teacher.id}.pt", map_location="cpu")["ema"])
    model.eval().to(DEVICE)
    parts = []
    for part in range(-(-count // batch)):
        path = folder / f"{part}.npz"
        if not path.exists():
            begun = time.process_time()
            generator = np.random.default_rng([seed, part])
            tokens = split.captions(np.sort(generator.integers(0, len(split), batch)))
            tokens[torch.from_numpy(generator.random(batch) < empty)] = PADDING
            noise = torch.randn(batch, *teacher.shape, generator=torch.Generator().manual_seed(seed * 1_000_003 + part))
            with autocast():
                end = Flow().sample(guided(model, tokens.to(DEVICE), guidance), noise.to(DEVICE), steps)
            np.savez(path, noise=noise.half().numpy(), end=end.half().cpu().numpy(), tokens=tokens.numpy().astype(np.uint8))
            print(f"{teacher.id}: pairs {part * batch + batch} of {count}, {(time.process_time() - begun) / batch:.3f} s each", flush=True)
        parts.append(np.load(path))
    return tuple(np.concatenate([part[key] for part in parts]) for key in ("noise", "end", "tokens"))
