"""The judge that the first frame's post-training learns from: not the grader of clips, which the cards are measured with.
`python3 training/toybox_first_frame_reward.py`

The image grader, trained further on clips' first frames as the video autoencoder decodes them. It stays a checkpoint: nothing serves it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import torch.nn.functional as F

from training.common import video_recipe as clips
from training.common.clips import to_bytes, to_tensor
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments
from training.common.vision import distort
from training.toybox_first_frame import first_claims, first_frames
from training.toybox_grader import Grader

NAME = "toybox-first-frame-reward"
HELD_BACK = 2_000  # frames at the end that it is measured on


def load_judge(name=NAME) -> Grader:
    judge = Grader()
    judge.load_state_dict(torch.load(CHECKPOINTS / f"{name}.pt", map_location="cpu", weights_only=False)["ema"])
    return judge.to(DEVICE).eval().requires_grad_(False)


def as_counts(claims: torch.Tensor):
    """Claims [N,8] -> how many of each kind [N,16] and the colour of each [N,16], -1 where nothing is said of it."""
    counts, colours = torch.zeros(len(claims), 16, dtype=torch.long), torch.full((len(claims), 16), -1)
    every = torch.arange(len(claims))
    for place in range(3):
        kind, colour = claims[:, 2 + 2 * place], claims[:, 3 + 2 * place]
        asked = kind >= 0
        counts[every[asked], kind[asked]] = 1
        colours[every[asked], kind[asked]] = colour[asked]
    return counts, colours


def main():
    model = load_judge("toybox-grader").train().requires_grad_(True)
    fit = Fit(NAME, model, arguments(minutes=6, batch=64, lr=5e-4, seed=12), ema=0.99)
    latents, claims, coder = first_frames(), torch.from_numpy(first_claims().astype(np.int64)), clips.autoencoder()

    @torch.no_grad()
    def frames(index):
        return to_tensor(to_bytes(coder.decode_first(torch.from_numpy(latents[index].astype(np.float32)))))

    def loss(index, generator):
        spoiled = len(index) // 4
        generator.shuffle(index)
        image = frames(index)
        image[:spoiled] = distort(image[:spoiled], generator, share=0.6, strength=0.6)[0]
        counts, colours, _, background = model(image)
        many, shades = as_counts(claims[index])
        wrong = F.cross_entropy(counts.flatten(0, 1), many.flatten()) * 16
        return wrong + F.cross_entropy(colours.flatten(0, 1), shades.flatten(), ignore_index=-1) + F.cross_entropy(background, claims[index, 1], ignore_index=-1), {}

    judge = fit.run(len(latents) - HELD_BACK, loss)
    with torch.no_grad():
        rows = np.arange(len(latents) - HELD_BACK, len(latents))
        counts, colours, _, background = judge(frames(rows))
        many, shades = as_counts(claims[rows])
        objects = (counts.argmax(2) == many).all(1)
        right = objects & ((colours.argmax(2) == shades) | (shades < 0)).all(1) & ((background.argmax(1) == claims[rows, 1]) | (claims[rows, 1] < 0))
    print({"objects": objects.float().mean().item(), "all": right.float().mean().item(), "n": HELD_BACK}, flush=True)


if __name__ == "__main__":
    main()
