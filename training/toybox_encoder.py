"""The Toybox encoder: 64 features for the Fréchet distance. `python3 training/toybox_encoder.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments
from training.common.vision import WIDTH, Readings, distort, pooled, readable, reading_loss, trunk
from training.common.world import Split

FEATURES = 64


def texture(map_):
    """Mean and standard deviation of every channel over places: [B,2C]."""
    side = int(map_.shape[-1])
    mean, square = F.avg_pool2d(map_, side).flatten(1), F.avg_pool2d(map_ * map_, side).flatten(1)
    return torch.cat([mean, ((square - mean * mean).clamp(min=0) + 1e-4).sqrt()], 1)


class Encoder(nn.Module):
    """[B,3,64,64] in [-1,1] -> features [B,64], whitened: mean 0 and (nearly) unit covariance over clean renders.

    It reads three levels of the trunk: their textures tell sharp from soft and steady from wobbling lines, the last one's
    places tell what is where. Whitening gives every direction the same say, also those in which clean images hardly vary.
    """

    def __init__(self):
        super().__init__()
        layers = list(trunk())
        self.fine, self.middle, self.coarse = nn.Sequential(*layers[:3]), nn.Sequential(*layers[3:6]), nn.Sequential(*layers[6:])
        self.places = nn.Conv2d(WIDTH, 16, 1)
        self.squeeze = nn.Linear(2 * (48 + 96) + 2 * WIDTH + 16 * 64, FEATURES)
        self.register_buffer("shift", torch.zeros(FEATURES))
        self.register_buffer("whiten", torch.eye(FEATURES))

    def forward(self, image):
        fine = self.fine(image)
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        parts = [texture(fine.float()), texture(middle.float()), pooled(coarse), self.places(coarse).flatten(1)]
        return (self.squeeze(torch.cat([part.float() for part in parts], 1)).float() - self.shift) @ self.whiten


class Tasks(nn.Module):
    """The encoder and what its 64 features must tell: the scene, how the image was spoiled, and the image itself."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.readings = Readings(FEATURES)
        self.spoils = nn.Linear(FEATURES, 4)
        self.picture = nn.Sequential(
            nn.Linear(FEATURES, 64 * 64), nn.ReLU(), nn.Unflatten(1, (64, 8, 8)), nn.Conv2d(64, 128, 3, padding=1), nn.PixelShuffle(2),
            nn.ReLU(), nn.Conv2d(32, 12, 3, padding=1), nn.PixelShuffle(2),
        )

    def forward(self, image):
        features = self.encoder(image)
        return features, self.readings(features), self.spoils(features), self.picture(features)


def start_from_grader(encoder):
    """The grader already sees objects and colours: the encoder begins with its trunk, and learns to see spoiled drawing too."""
    weights = torch.load(CHECKPOINTS / "toybox-grader.pt", map_location="cpu")["ema"]
    sequence = trunk()
    sequence.load_state_dict({key[len("trunk.") :]: value for key, value in weights.items() if key.startswith("trunk.")})
    layers = list(sequence)
    for part, source in ((encoder.fine, layers[:3]), (encoder.middle, layers[3:6]), (encoder.coarse, layers[6:])):
        part.load_state_dict(nn.Sequential(*source).state_dict())


@torch.no_grad()
def embed(encoder, images):
    return torch.cat([encoder(images[at : at + 250].to(DEVICE)).float().cpu() for at in range(0, len(images), 250)]).double()


def frechet(a, b):
    """Fréchet distance between the Gaussians of two feature sets [N,64] (float64)."""
    mean = (a.mean(0) - b.mean(0)).pow(2).sum()
    first, second = torch.cov(a.T), torch.cov(b.T)
    values, vectors = torch.linalg.eigh(first)
    root = vectors @ torch.diag(values.clamp(min=0).sqrt()) @ vectors.T
    cross = torch.linalg.eigvalsh(root @ second @ root).clamp(min=0).sqrt().sum()
    return float(mean + first.trace() + second.trace() - 2 * cross)


def sensitivity(encoder, split):
    """Fréchet distance between 600 clean renders and 600 others, clean or spoiled in one way at a fixed strength."""
    import numpy as np

    from training.common.vision import distort as spoil

    clean = split.pixels(slice(0, 600))
    other = split.pixels(slice(600, 1200))
    base = embed(encoder, clean)
    figures = {"frechetClean": round(frechet(base, embed(encoder, other)), 3)}
    for place, name in enumerate(("Wobble", "Blur", "Grain", "Drift")):
        for level in (0.5,):
            generator = _Only(np.random.default_rng(5), place, level)
            figures[f"frechet{name}{int(level * 100)}"] = round(frechet(base, embed(encoder, spoil(other, generator, 1.0)[0])), 3)
    return figures


class _Only:
    """A generator whose strengths are one fixed level at one place, so that `distort` spoils in that way alone."""

    def __init__(self, generator, place, level):
        self.generator, self.place, self.level, self.calls = generator, place, level, 0

    def random(self, shape):
        import numpy as np

        self.calls += 1
        levels = np.zeros(shape)
        if self.calls == 1:
            levels[:, self.place] = self.level
        return levels

    def standard_normal(self, shape):
        return self.generator.standard_normal(shape)


def main():
    args = arguments(minutes=8, batch=32, lr=1e-3, seed=4)
    model = Tasks().to(memory_format=torch.channels_last)
    if not args.untrained:
        start_from_grader(model.encoder)
    fit = Fit("toybox-encoder", model, args, ema=0.995)
    split, validation = Split("grader"), Split("grader-validation")

    def loss(index, generator):
        generator.shuffle(index)
        image, level = split.pixels(index), torch.zeros(len(index), 4)
        half = len(index) // 2
        image[:half], level[:half] = distort(image[:half], generator, share=0.6)
        truth = tuple(value.to(DEVICE) for value in readable(split.truth[index]))
        image = image.to(DEVICE).contiguous(memory_format=torch.channels_last)
        _, readings, spoils, decoded = model(image)
        small = F.avg_pool2d(image, 2)
        reconstruction = (decoded.float() - small).abs().mean()
        # Squared: most strengths are 0, where an absolute error is content to say 0 always.
        spoiled = (spoils.float() - level.to(DEVICE)).pow(2).mean()
        read = reading_loss(readings, truth)
        return read + 4 * reconstruction + 60 * spoiled, {"read": read.item(), "image": reconstruction.item(), "spoiled": spoiled.item()}

    tasks = fit.ema if args.export_only or args.untrained else fit.run(len(split), loss)
    encoder = tasks.encoder.float()
    figures = {}
    if not args.untrained:
        encoder.shift.zero_()
        encoder.whiten.copy_(torch.eye(FEATURES))
        features = embed(encoder, split.pixels(slice(0, 6000)))
        values, vectors = torch.linalg.eigh(torch.cov(features.T))
        # The floor keeps directions of mere noise from being blown up.
        scale = (values.clamp(min=0) + 1e-3 * values.mean()).rsqrt()
        encoder.shift.copy_(features.mean(0))
        encoder.whiten.copy_(vectors @ torch.diag(scale) @ vectors.T)
        torch.save(encoder.state_dict(), fit.path.with_name("toybox-encoder.final.pt"))
        figures = sensitivity(encoder, validation)
    print(figures, flush=True)
    folder = args.untrained / "toybox-encoder" if args.untrained else ROOT / "lib/encoders/weights/toybox-encoder"
    encoder_file = export_onnx(encoder, {"image": wave(1, 3, 64, 64, amplitude=0.9)}, ["features"], folder / "toybox-encoder.onnx", fixture_path("toybox-encoder", folder))
    card = {
        "id": "toybox-encoder",
        "name": "Toybox encoder",
        "creator": "Salon",
        "input": {"image": "float32 [B,3,64,64] in [-1,1]"},
        "outputs": {"features": "float32 [B,64], whitened over clean renders"},
        "featureDimensions": FEATURES,
        "metric": "FD-toybox",
        "files": {"encoder": encoder_file},
        "parameters": sum(p.numel() for p in encoder.parameters()),
        "training": fit.facts("Toybox, 30,000 scenes of the evaluation mix, clean and spoiled"),
        "figures": {**figures, "howMeasured": "Fréchet distance between 600 clean unseen renders and 600 others: clean, or spoiled in one way at half strength"},
        "license": "Apache-2.0",
        "released": "2026-11-22",
    }
    write_card(
        folder,
        card,
        "64 features of a 64x64 image for the Fréchet distance FD-toybox (never FID: the encoder is not Inception). They were trained to tell three things at once: the scene (objects, colours, places, background), how a spoiled image was spoiled (wobbling shapes, blur, grain, drifting colours), and the image itself at 32x32; so wrong content and poor drawing both move them. The features are whitened over clean renders.",
    )


if __name__ == "__main__":
    main()
