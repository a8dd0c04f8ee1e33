"""The clip encoder: 64 features for the Fréchet distance of clips. `python3 training/toybox_video_encoder.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.clip_vision import SPOILS, WATCHED, WATCHED_COUNT, WIDTH, clip_reading_loss, clip_truth, frame_trunk, spoil_clips
from training.common.clips import BACKGROUNDS, COLOURS, FRAMES, KINDS, MOTIONS, ClipSplit
from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments
from training.common.vision import Residual, pooled
from training.toybox_encoder import frechet, texture

FEATURES = 64


class ClipEncoder(nn.Module):
    """[B,17,3,64,64] in [-1,1] -> features [B,64], whitened: mean 0 and (nearly) unit covariance over clean clips.

    Textures of the frames and of what changes between neighbours tell steady from flickering drawing; the maps of all watched
    frames side by side, in order, tell what goes where.
    """

    def __init__(self):
        super().__init__()
        self.trunk = frame_trunk()
        self.narrow = nn.Conv2d(WIDTH, 16, 1)
        self.course = nn.Sequential(nn.Conv2d(16 * WATCHED_COUNT, WIDTH, 3, padding=1), Residual(WIDTH), nn.ReLU())
        self.places = nn.Conv2d(WIDTH, 16, 1)
        self.squeeze = nn.Linear(2 * (48 + 96) + 2 * 48 + 2 * WIDTH + 16 * 64, FEATURES)
        self.register_buffer("shift", torch.zeros(FEATURES))
        self.register_buffer("whiten", torch.eye(FEATURES))

    def forward(self, clip):
        frames = clip[:, WATCHED]
        by_frame = lambda x, count=WATCHED_COUNT: x.unflatten(0, (-1, count))
        mean = lambda x, count=WATCHED_COUNT: by_frame(x.float(), count).mean(1)
        fine = self.trunk[0](frames.flatten(0, 1))
        middle = self.trunk[1](fine)
        coarse = self.trunk[2](middle)
        in_time = by_frame(fine)
        change = (in_time[:, 1:] - in_time[:, :-1]).abs().flatten(0, 1)
        course = self.course(by_frame(self.narrow(coarse)).flatten(1, 2))
        parts = [mean(texture(fine.float())), mean(texture(middle.float())), mean(texture(change.float()), WATCHED_COUNT - 1), pooled(course).float(), self.places(course).float().flatten(1)]
        return (self.squeeze(torch.cat(parts, 1)).float() - self.shift) @ self.whiten


class Tasks(nn.Module):
    """The encoder and what its 64 features must tell: the clip's content and motions, how it was spoiled, and three of its frames."""

    def __init__(self):
        super().__init__()
        self.encoder = ClipEncoder()
        self.kinds, self.colours, self.motions = nn.Linear(FEATURES, KINDS), nn.Linear(FEATURES, KINDS * COLOURS), nn.Linear(FEATURES, KINDS * MOTIONS)
        self.background, self.spoils = nn.Linear(FEATURES, BACKGROUNDS), nn.Linear(FEATURES, len(SPOILS))
        self.picture = nn.Sequential(
            nn.Linear(FEATURES, 64 * 64), nn.ReLU(), nn.Unflatten(1, (64, 8, 8)), nn.Conv2d(64, 144, 3, padding=1), nn.ReLU(), nn.Conv2d(144, 36, 3, padding=1), nn.PixelShuffle(2),
        )

    def forward(self, clip):
        features = self.encoder(clip)
        readings = (self.kinds(features), self.colours(features).unflatten(1, (KINDS, COLOURS)), self.motions(features).unflatten(1, (KINDS, MOTIONS)), self.background(features))
        return features, readings, self.spoils(features), self.picture(features)


def start_from_grader(encoder):
    """The grader already sees objects and colours: the encoder begins with its trunk, and learns to see spoiled clips too."""
    weights = torch.load(CHECKPOINTS / "toybox-video-grader.pt", map_location="cpu")["ema"]
    encoder.trunk.load_state_dict({key[len("trunk.") :]: value for key, value in weights.items() if key.startswith("trunk.")})


@torch.no_grad()
def embed(encoder, clips):
    """`clips`: an iterable of float [B,17,3,64,64]."""
    return torch.cat([encoder(part.to(DEVICE)).float().cpu() for part in clips]).double()


WAYS = {
    "Shuffled": lambda clip, generator: clip[:, generator.permutation(FRAMES)],
    "Frozen": lambda clip, generator: clip[:, [FRAMES // 2] * FRAMES],
    "Reversed": lambda clip, generator: clip.flip(1),
    "Flickering": lambda clip, generator: (clip + 0.15 * torch.from_numpy(generator.standard_normal((len(clip), FRAMES, 1, 1, 1)).astype(np.float32))).clamp(-1, 1),
}


def sensitivity(encoder, split):
    """Fréchet distance between 500 clean clips and 500 others, clean or changed in time in one way."""
    parts = lambda first: (split.pixels(slice(at, at + 50)) for at in range(first, first + 500, 50))
    base = embed(encoder, parts(0))
    figures = {"frechetClean": round(frechet(base, embed(encoder, parts(500))), 3)}
    for name, change in WAYS.items():
        generator = np.random.default_rng(5)
        figures[f"frechet{name}"] = round(frechet(base, embed(encoder, (change(part, generator) for part in parts(500)))), 3)
    return figures


def main():
    args = arguments(minutes=25, batch=16, lr=1e-3, seed=4)
    model = Tasks()
    if not args.untrained:
        start_from_grader(model.encoder)
    fit = Fit("toybox-video-encoder", model, args, ema=0.995)
    split, validation = ClipSplit("grader"), ClipSplit("grader-validation")

    def loss(index, generator):
        generator.shuffle(index)
        clips, level = spoil_clips(split.pixels(index), generator, 0.6)
        # Whoever turns time about, changes what is done: motions are read from clips in order alone.
        in_order = level[:, 5:].sum(1) == 0
        truth = tuple(value.to(DEVICE) for value in clip_truth(split.truth[index]))
        clips = clips.to(DEVICE)
        _, readings, spoils, decoded = model(clips)
        read = clip_reading_loss(tuple(value[in_order] for value in readings), tuple(value[in_order] for value in truth))
        small = F.avg_pool2d(clips[:, [0, FRAMES // 2, FRAMES - 1]].flatten(1, 2), 4)
        reconstruction = (decoded.float() - small).abs().mean()
        spoiled = (spoils.float() - level.to(DEVICE)).pow(2).mean()
        return read + 4 * reconstruction + 40 * spoiled, {"read": read.item(), "image": reconstruction.item(), "spoiled": spoiled.item()}

    tasks = fit.ema if args.export_only or args.untrained else fit.run(len(split), loss)
    encoder = tasks.encoder.float()
    figures = {}
    if not args.untrained:
        encoder.shift.zero_()
        encoder.whiten.copy_(torch.eye(FEATURES))
        features = embed(encoder, (split.pixels(slice(at, at + 50)) for at in range(0, 4000, 50)))
        values, vectors = torch.linalg.eigh(torch.cov(features.T))
        # The floor keeps directions of mere noise from being blown up.
        scale = (values.clamp(min=0) + 1e-3 * values.mean()).rsqrt()
        encoder.shift.copy_(features.mean(0))
        encoder.whiten.copy_(vectors @ torch.diag(scale) @ vectors.T)
        torch.save(encoder.state_dict(), fit.path.with_name("toybox-video-encoder.final.pt"))
        figures = sensitivity(encoder, validation)
    print(figures, flush=True)
    folder = args.untrained / "toybox-video-encoder" if args.untrained else ROOT / "lib/encoders/weights/toybox-video-encoder"
    encoder_file = export_onnx(encoder, {"clip": wave(1, FRAMES, 3, 64, 64, amplitude=0.9)}, ["features"], folder / "toybox-video-encoder.onnx", fixture_path("toybox-video-encoder", folder))
    card = {
        "id": "toybox-video-encoder",
        "name": "Toybox video encoder",
        "creator": "Salon",
        "input": {"clip": "float32 [B,17,3,64,64] in [-1,1]"},
        "outputs": {"features": "float32 [B,64], whitened over clean clips"},
        "featureDimensions": FEATURES,
        "metric": "FVD-toybox",
        "files": {"encoder": encoder_file},
        "parameters": sum(p.numel() for p in encoder.parameters()),
        "training": fit.facts(f"Toybox in motion, {len(split):,} clips of the evaluation mix, clean and spoiled") | {"startsFrom": "toybox-video-grader (trunk)"},
        "figures": {**figures, "howMeasured": "Fréchet distance between 500 clean unseen clips and 500 others: clean, or with their frames shuffled, the middle one repeated, in reverse, or of jumping brightness (0.15 of half the range, one standard deviation)"},
        "license": "Apache-2.0",
        "released": "2026-11-30",
    }
    write_card(
        folder,
        card,
        "64 features of a clip for the Fréchet distance FVD-toybox (never FVD: the encoder is not I3D). They were trained to tell what the clip shows and what each thing does, how a spoiled clip was spoiled (wobbling shapes, blur, grain, drifting colours, flicker, and time that stands, is out of order or runs backwards), and three of its frames. The features are whitened over clean clips.",
    )


if __name__ == "__main__":
    main()
