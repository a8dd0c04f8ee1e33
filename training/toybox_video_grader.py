"""The clip grader: reads objects, colours, motions and background from a clip. `python3 training/toybox_video_grader.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch
import torch.nn as nn

from training.common.clip_vision import WATCHED, WATCHED_COUNT, ClipReadings, clip_reading_loss, clip_truth, frame_trunk, spoil_clips, start_from_images
from training.common.clips import CLIPS, FRAMES, ClipSplit
from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import DEVICE, Fit, arguments


class ClipGrader(nn.Module):
    """[B,17,3,64,64] in [-1,1] -> kinds [B,16], colours [B,16,8], motions [B,16,13], background [B,8], all logits."""

    def __init__(self):
        super().__init__()
        self.trunk, self.readings = frame_trunk(), ClipReadings()

    def forward(self, clip):
        frames = clip[:, WATCHED]
        x = frames.flatten(0, 1)
        for stage in self.trunk:
            x = stage(x)
        return self.readings(x.unflatten(0, (-1, WATCHED_COUNT)))


@torch.no_grad()
def accuracy(model, split):
    """Shares of unseen real clips whose parts are all read correctly."""
    totals = {key: 0 for key in ("objects", "colours", "motions", "background", "all")}
    for at in range(0, len(split), 50):
        rows = slice(at, at + 50)
        kinds, colours, motions, background = model(split.pixels(rows).to(DEVICE))
        kind, colour, motion, behind = clip_truth(split.truth[rows])
        present = kind > 0
        right = {
            "objects": ((kinds.cpu() > 0) == present).all(1),
            "colours": ((colours.cpu().argmax(2) == colour) | ~present).all(1),
            "motions": ((motions.cpu().argmax(2) == motion) | ~present).all(1),
            "background": background.cpu().argmax(1) == behind,
        }
        right["all"] = torch.stack(list(right.values())).all(0)
        for key, value in right.items():
            totals[key] += value.sum().item()
    return {key: round(value / len(split), 4) for key, value in totals.items()}


def main():
    args = arguments(minutes=30, batch=24, lr=1.5e-3, seed=3)
    model = ClipGrader()
    if not args.untrained:
        start_from_images(model)
    fit = Fit("toybox-video-grader", model, args, ema=0.995, gentle=model.trunk.parameters())
    split, validation = ClipSplit("grader"), ClipSplit("grader-validation")

    def loss(index, generator):
        generator.shuffle(index)
        clips = split.pixels(index)
        # A sixth of them drawn badly, but in the right order: what a generator draws must be read too.
        spoiled = len(index) // 6
        drawn, level = spoil_clips(clips[:spoiled], generator, 1.0, 0.5)
        keeps_time = level[:, 5:].sum(1) == 0
        clips[:spoiled][keeps_time] = drawn[keeps_time]
        truth = tuple(value.to(DEVICE) for value in clip_truth(split.truth[index]))
        return clip_reading_loss(model(clips.to(DEVICE)), truth), {}

    grader = fit.ema if args.export_only or args.untrained else fit.run(len(split), loss)
    grader.float()
    figures = {} if args.untrained else accuracy(grader, validation)
    print(figures, flush=True)
    folder = args.untrained / "toybox-video-grader" if args.untrained else ROOT / "lib/encoders/weights/toybox-video-grader"
    outputs = ["kinds", "colours", "motions", "background"]
    grader_file = export_onnx(grader, {"clip": wave(1, FRAMES, 3, 64, 64, amplitude=0.9)}, outputs, folder / "grader.onnx", fixture_path("toybox-video-grader", folder))
    card = {
        "id": "toybox-video-grader",
        "name": "Toybox video grader",
        "creator": "Salon",
        "input": {"clip": "float32 [B,17,3,64,64] in [-1,1]"},
        "outputs": {
            "kinds": "logits float32 [B,16]: whether each kind is in the clip (above 0: yes)",
            "colours": "logits float32 [B,16,8]: the colour of each kind, meaningful where it is in the clip",
            "motions": "logits float32 [B,16,13]: what each kind does, meaningful where it is in the clip",
            "background": "logits float32 [B,8]",
        },
        "labels": {key: CLIPS[key] for key in ("kinds", "colours", "motions", "backgrounds")},
        "files": {"grader": grader_file},
        "parameters": sum(p.numel() for p in grader.parameters()),
        "training": fit.facts(f"Toybox in motion, {len(split):,} clips of the evaluation mix, held-out motions included") | {"startsFrom": "toybox-grader (trunk, places, colours, background)"},
        "figures": {**figures, "howMeasured": f"shares of {len(validation):,} unseen real clips (one sixth of them held-out motions) read entirely right"},
        "license": "Apache-2.0",
        "released": "2026-11-30",
    }
    write_card(folder, card, "Reads from a clip of 17 frames which objects it shows, in which colour, what each of them does and in which direction, and the background. It grades generated clips against what their captions say, and looks at every second frame.")


if __name__ == "__main__":
    main()
