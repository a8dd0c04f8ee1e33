"""The Toybox grader: reads objects, colours, places and background from an image. `python3 training/toybox_grader.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch
import torch.nn as nn

from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import DEVICE, Fit, arguments
from training.common.vision import PlacedReadings, distort, readable, reading_loss, trunk
from training.common.world import WORLD, Split


class Grader(nn.Module):
    """[B,3,64,64] in [-1,1] -> counts [B,16,4] logits, colours [B,16,8] logits, positions [B,16,2], background [B,8] logits."""

    def __init__(self):
        super().__init__()
        self.trunk, self.readings = trunk(), PlacedReadings()

    def forward(self, image):
        return self.readings(self.trunk(image))


def read_relation(first, second):
    """The relation of two centres [N,2] (in [0,1]) as an index of WORLD["relations"]: nearer than 0.36 means "with"."""
    across, down = (second - first).unbind(1)
    side = torch.where(across > 0, 0, 1)
    upright = torch.where(down > 0, 2, 3)
    relation = torch.where(across.abs() >= down.abs(), side, upright)
    return torch.where(torch.maximum(across.abs(), down.abs()) < 0.36, 4, relation)


@torch.no_grad()
def accuracy(model, split, count=3000):
    """Shares of held-out real renders whose parts are all read correctly."""
    totals = {key: 0.0 for key in ("objects", "colours", "background", "relation", "all")}
    error, related = 0.0, 0
    for at in range(0, count, 250):
        rows = slice(at, at + 250)
        counts, colours, positions, background = model(split.pixels(rows).to(DEVICE))
        count_truth, colour_truth, centres, behind = readable(split.truth[rows])
        present = count_truth > 0
        objects = (counts.argmax(2) == count_truth).all(1)
        shades = ((colours.argmax(2) == colour_truth) | ~present).all(1)
        ground = background.argmax(1) == behind
        error += (positions[present] - centres[present]).abs().mean().item() * 64 / (count / 250)
        truth = torch.from_numpy(split.truth[rows].astype("int64"))
        has = truth[:, 1] >= 0
        every = torch.arange(len(truth))
        read = read_relation(positions[every, truth[:, 3]], positions[every, truth[:, 8].clamp(min=0)])
        relation = (read == truth[:, 1]) | ~has
        related += has.sum().item()
        totals["relation"] += (relation & has).sum().item()
        for key, right in (("objects", objects), ("colours", shades), ("background", ground), ("all", objects & shades & ground & relation)):
            totals[key] += right.sum().item() / count
    totals["relation"] /= related
    return {key: round(value, 4) for key, value in totals.items()} | {"positionErrorPixels": round(error, 2)}


def reading(model, split):
    """The loss of reading a split's images, a quarter of them spoiled, for Fit.run."""

    def loss(index, generator):
        generator.shuffle(index)
        spoiled = len(index) // 4
        image = split.pixels(index)
        image[:spoiled] = distort(image[:spoiled], generator, share=0.6, strength=0.6)[0]
        truth = tuple(value.to(DEVICE) for value in readable(split.truth[index]))
        return reading_loss(model(image.to(DEVICE).contiguous(memory_format=torch.channels_last)), truth), {}

    return loss


def main():
    args = arguments(minutes=20, batch=64, lr=1.5e-3, seed=3)
    model = Grader().to(memory_format=torch.channels_last)
    fit = Fit("toybox-grader", model, args, ema=0.995)
    split, validation = Split("grader"), Split("grader-validation")

    grader = fit.ema if args.export_only or args.untrained else fit.run(len(split), reading(model, split))
    grader.float()
    figures = {} if args.untrained else accuracy(grader, validation)
    print(figures, flush=True)
    folder = args.untrained / "toybox-grader" if args.untrained else ROOT / "lib/encoders/weights/toybox-grader"
    outputs = ["counts", "colours", "positions", "background"]
    grader_file = export_onnx(grader, {"image": wave(1, 3, 64, 64, amplitude=0.9)}, outputs, folder / "grader.onnx", fixture_path("toybox-grader", folder))
    card = {
        "id": "toybox-grader",
        "name": "Toybox grader",
        "creator": "Salon",
        "input": {"image": "float32 [B,3,64,64] in [-1,1]"},
        "outputs": {
            "counts": "logits float32 [B,16,4]: how many of each kind, 0 to 3",
            "colours": "logits float32 [B,16,8]: the colour of each kind, meaningful where its count is above 0",
            "positions": "float32 [B,16,2]: centre (x, y) of each kind's objects as a share of the side, meaningful where its count is above 0",
            "background": "logits float32 [B,8]",
        },
        "labels": {key: WORLD[key] for key in ("kinds", "colours", "backgrounds", "relations")},
        "relationRule": {
            "withBelow": 0.36,
            "text": "d = centre of second - centre of first. max(|dx|, |dy|) < 0.36: with. Else |dx| >= |dy|: left of where dx > 0, right of otherwise. Else above where dy > 0, below otherwise.",
        },
        "files": {"grader": grader_file},
        "parameters": sum(p.numel() for p in grader.parameters()),
        "training": fit.facts("Toybox, 30,000 scenes of the evaluation mix, held-out combinations included"),
        "figures": {**figures, "howMeasured": "shares of 3,000 unseen real renders (one sixth of them held-out combinations) read entirely right"},
        "license": "Apache-2.0",
        "released": "2026-11-22",
    }
    write_card(folder, card, "Reads from a 64x64 image which objects it shows, how many, in which colour and where, and the background. It grades generated images against what their captions say. It is lenient: a lopsided star still counts as a star.")


if __name__ == "__main__":
    main()
