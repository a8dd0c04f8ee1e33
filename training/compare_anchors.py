"""Why more than the last frame? What left the view, drawn again by one anchor and by four.

`python3 training/compare_anchors.py video-dit-latent` takes clips that it never saw in which an object leaves and is out of view in the ninth
frame, and goes on from there to the clip's end: with that frame alone given, or with four latent frames up to it (before the clip's
first frame it stands still). No caption says a colour. Read by the grader of images: whether the last frame shows the object that left,
in its colour. The same clips and seeds for both; the answer goes into the model's card.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from training.common.clips import CLIPS, ClipSplit, to_bytes, to_tensor
from training.common.export import ROOT, write_card
from training.common.fit import DEVICE
from training.common.video_dit import LATENT_FRAMES
from training.common.video_recipe import autoencoder, draw_latents
from training.common.world import PADDING
from training.compare_siblings import paired, read
from training.toybox_grader import Grader

COUNT, GROUP, GONE = 120, 4, 8
COLOURS = [CLIPS["words"].index(colour) + 2 for colour in CLIPS["colours"]]


def without_colours(tokens: torch.Tensor) -> torch.Tensor:
    """Captions without the words that name a colour of a thing; the background's stays."""
    rows = []
    for row in tokens.tolist():
        last = max((at for at, word in enumerate(row) if word != PADDING), default=0)
        kept = [word for at, word in enumerate(row) if word not in COLOURS or at == last - 1]
        rows.append(kept + [PADDING] * (len(row) - len(kept)))
    return torch.tensor(rows)


def things(grader, frames: np.ndarray):
    """(count, colour) of every kind that is read from images [N,64,64,3]."""
    counts, colours, _, _ = grader(to_tensor(frames))
    return counts.argmax(2).numpy(), colours.argmax(2).numpy()


@torch.no_grad()
def go_on(recipe, coder, frames: torch.Tensor, tokens, anchors: int, latents: int) -> torch.Tensor:
    """`frames` [N,T,3,64,64] and `latents` latent frames more, window by window, each given the last `anchors`."""
    drawn = 0
    while drawn < latents:
        known = coder.encode(frames[:, -(1 + GROUP * (anchors - 1)) :].to(DEVICE)).cpu()
        window = draw_latents(recipe, recipe.model, tokens, seed=drawn, first=known)
        fresh = min(LATENT_FRAMES - anchors, latents - drawn)
        seen = coder.decode(window.to(DEVICE)).cpu()[:, 1 + GROUP * (anchors - 1) :][:, : GROUP * fresh]
        frames, drawn = torch.cat([frames, seen], 1), drawn + fresh
    return frames


@torch.no_grad()
def compare(name: str):
    recipe, _ = read(name)
    recipe.model.to(DEVICE)
    split, coder, grader = ClipSplit("grader"), autoencoder(), Grader()
    grader.load_state_dict(torch.load(ROOT / "training/checkpoints/toybox-grader.pt", map_location="cpu")["ema"])
    grader.eval()
    # Alone in the clip, it leaves: read in the first frame, and gone in the ninth.
    leaves = [CLIPS["words"].index("leaves") + 2]
    rows = np.flatnonzero(np.isin(split.tokens, leaves).any(1))
    first, gone = things(grader, split.frames[rows, 0]), things(grader, split.frames[rows, GONE])
    alone = (first[0].clip(0, 1).sum(1) == 1) & (gone[0].sum(1) == 0)
    rows, kinds, colours = rows[alone][:COUNT], first[0][alone][:COUNT].argmax(1), first[1][alone][:COUNT]
    colours = colours[np.arange(len(rows)), kinds]
    tokens = without_colours(split.captions(rows))
    begun = split.pixels(rows)[:, : GONE + 1]
    waits = torch.cat([begun[:, :1]] * GROUP + [begun], 1)
    same = {}
    for anchors in (1, LATENT_FRAMES - 1):
        frames = go_on(recipe, coder, waits, tokens, anchors, latents=(16 - GONE) // GROUP + 2)
        counts, read_colours = things(grader, to_bytes(frames[:, -1]))
        at = np.arange(len(rows))
        same[anchors] = (counts[at, kinds] == 1) & (read_colours[at, kinds] == colours)
        print(f"anchors {anchors}: {same[anchors].sum()} of {len(rows)}; the kind alone {(counts[at, kinds] == 1).sum()}", flush=True)
    difference, low, high, p = paired(same[4], same[1])
    answer = (
        f"of {len(rows)} unseen clips whose object had left the view, the same object in the same colour was back in {100 * same[4].mean():.0f}% with four anchors and in "
        f"{100 * same[1].mean():.0f}% with one: {100 * difference:+.0f} points (95%: {100 * low:+.0f} to {100 * high:+.0f}; McNemar p {p:.2g})"
    )
    print(answer)
    folder = ROOT / "generation/models" / name
    card = json.loads((folder / "card.json").read_text())
    card["figures"]["anchors"] = answer
    write_card(folder, card, recipe.prose)


if __name__ == "__main__":
    compare(sys.argv[1])
