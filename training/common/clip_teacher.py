"""Pairs (noise, clip) of a trained model of clips: what a few-step student learns from (reflow, Liu et al. 2023)."""

import time
from dataclasses import replace

import numpy as np
import torch

from training.common.clips import ClipSplit
from training.common.fit import CHECKPOINTS, DEVICE
from training.common.objectives import Flow
from training.common.video_recipe import SHAPE, SHIFT, clip_latents, draw_latents
from training.common.world import PADDING

# Of how many latent frames are given: part by part, as often as training gives them (video_recipe.GIVEN_SHARES), nearly.
GIVEN_IN_TURN = (1, 1, 1, 4, 1, 1, 2, 1, 1, 4, 1, 1)


@torch.no_grad()
def pairs(teacher, count: int, steps: int, guidance: float, seed=11, batch=20, empty=0.05) -> dict:
    """Of captions of the training split, a share of them emptied: float16 "noise" and "end" [N,5,8,16,16], uint8 "tokens" [N,24] and
    int64 "given" [N], how many latent frames were the training clip's own. Kept beside the checkpoints, part by part."""
    folder = CHECKPOINTS / f"{teacher.id}.pairs"
    folder.mkdir(parents=True, exist_ok=True)
    split, latents = ClipSplit("train"), clip_latents(ClipSplit("train"), "clips-train")
    model = teacher.model
    model.load_state_dict(torch.load(CHECKPOINTS / f"{teacher.id}.pt", map_location="cpu")["ema"])
    model.eval().to(DEVICE)
    # A couple needs a walk that adds no noise.
    walker = replace(teacher, objective=Flow(shift=SHIFT))
    parts = []
    for part in range(-(-count // batch)):
        path = folder / f"{part}.npz"
        if not path.exists():
            begun = time.process_time()
            generator = np.random.default_rng([seed, part])
            index = np.sort(generator.integers(0, len(split), batch))
            tokens = split.captions(index)
            tokens[torch.from_numpy(generator.random(batch) < empty)] = PADDING
            noise = torch.randn(batch, *SHAPE, generator=torch.Generator().manual_seed(seed * 1_000_003 + part))
            given = GIVEN_IN_TURN[part % len(GIVEN_IN_TURN)]
            first = torch.from_numpy(latents[index][:, :given].astype(np.float32))
            end = draw_latents(walker, model, tokens, steps=steps, scale=guidance, first=first, start=noise)
            np.savez(path, noise=noise.half().numpy(), end=end.half().numpy(), tokens=tokens.numpy().astype(np.uint8), given=np.full(batch, given))
            print(f"{teacher.id}: pairs {part * batch + batch} of {count}, {(time.process_time() - begun) / batch:.2f} s each", flush=True)
        parts.append(np.load(path))
    return {key: np.concatenate([part[key] for part in parts]) for key in ("noise", "end", "tokens", "given")}
