"""Draws a contestant's pictures of many captions, for scripts/measure-distance.ts: `python3 training/draw_many.py NAME [COUNT = 5000]`.

One picture for each caption of distance-prompts.json (generation/world/export-prompts.ts), with the contestant's own sampler from its
checkpoint's average weights, into training/data/NAME.pictures.bin, uint8 [COUNT,64,64,3]. In bf16 and large batches two cores are done in
a third of the time that they need to serve as many.
"""

import importlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.contestant import draw
from training.common.fit import CHECKPOINTS, DEVICE
from training.common.world import DATA


def main(name: str, count: str = "5000"):
    contestant = importlib.import_module("training." + name.replace("-", "_")).CONTESTANT
    contestant.model.load_state_dict(torch.load(CHECKPOINTS / f"{name}.pt", map_location="cpu")["ema"])
    model = contestant.model.eval().to(DEVICE)
    tokens = torch.tensor(json.loads((DATA / "distance-prompts.json").read_text()))[: int(count)]
    draw(contestant, model, tokens).tofile(DATA / f"{name}.pictures.bin")


if __name__ == "__main__":
    main(*sys.argv[1:])
