"""The KL-regularised autoencoder: 64x64x3 pixels <-> 16x16x4 latents (f4). `python3 training/toybox_autoencoder.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import DEVICE, Fit, arguments
from training.common.latents import LATENT_CHANNELS
from training.common.world import Split


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.second = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)

    def forward(self, x):
        return x + self.second(F.relu(self.first(F.relu(x))))


class Encoder(nn.Module):
    """[B,3,64,64] in [-1,1] -> mean and log-variance, each [B,4,16,16]."""

    def __init__(self, narrow=48, wide=96):
        super().__init__()
        self.layers = nn.Sequential(
            nn.PixelUnshuffle(2), nn.Conv2d(12, narrow, 3, padding=1), nn.ReLU(), nn.Conv2d(narrow, wide, 3, stride=2, padding=1),
            Residual(wide), Residual(wide), nn.ReLU(), nn.Conv2d(wide, 2 * LATENT_CHANNELS, 1),
        )

    def forward(self, image):
        mean, log_variance = self.layers(image).chunk(2, 1)
        return mean, log_variance.clamp(-12, 4)


class Decoder(nn.Module):
    """[B,4,16,16] -> [B,3,64,64]."""

    def __init__(self, narrow=48, wide=96):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(LATENT_CHANNELS, wide, 3, padding=1), Residual(wide), Residual(wide), nn.ReLU(),
            nn.Conv2d(wide, 4 * narrow, 3, padding=1), nn.PixelShuffle(2), Residual(narrow), Residual(narrow), nn.ReLU(),
            nn.Conv2d(narrow, 12, 3, padding=1), nn.PixelShuffle(2),
        )

    def forward(self, latent):
        return self.layers(latent)


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = Encoder(), Decoder()
        # Latent moments over the training set, so that what leaves the encoder has mean 0 and variance 1 per channel.
        self.register_buffer("shift", torch.zeros(1, LATENT_CHANNELS, 1, 1))
        self.register_buffer("scale", torch.ones(1, LATENT_CHANNELS, 1, 1))

    def encode(self, image):
        return (self.encoder(image)[0] - self.shift) / self.scale

    def decode(self, latent):
        return self.decoder(latent * self.scale + self.shift).clamp(-1, 1)


class Part(nn.Module):
    """One direction of the autoencoder as a module of its own, for export."""

    def __init__(self, autoencoder, direction):
        super().__init__()
        self.autoencoder, self.direction = autoencoder, direction

    def forward(self, x):
        return getattr(self.autoencoder, self.direction)(x)


def gradient_l1(a, b):
    """L1 between horizontal and vertical differences: keeps outlines and eyes sharp."""
    difference = a - b
    return (difference[..., 1:] - difference[..., :-1]).abs().mean() + (difference[..., 1:, :] - difference[..., :-1, :]).abs().mean()


def close_ups(image, truth, generator, side=32):
    """A 32x32 window of each image about its first object's centre, some pixels off."""
    corners = np.clip(truth[:, 5:7] // 16 - side // 2 + generator.integers(-10, 11, (len(truth), 2)), 0, 64 - side)
    return torch.stack([whole[:, y : y + side, x : x + side] for whole, (x, y) in zip(image, corners)])


@torch.no_grad()
def psnr(autoencoder, split, count=1000):
    squared = []
    for at in range(0, count, 100):
        image = split.pixels(slice(at, at + 100)).to(DEVICE)
        squared.append(((autoencoder.decode(autoencoder.encode(image)) - image) / 2).pow(2).mean((1, 2, 3)))
    return float((-10 * torch.log10(torch.cat(squared))).mean())


def main():
    args = arguments(minutes=10, batch=16, lr=2e-3)
    model = Autoencoder().to(memory_format=torch.channels_last)
    fit = Fit("toybox-autoencoder", model, args, ema=0.998)
    train, validation = Split("train"), Split("validation")

    def loss(index, generator):
        # Whole images first; then mostly close-ups, where the eyes, windows and stripes are that whole images teach slowly.
        close = fit.seconds > 0.5 * 60 * args.minutes and generator.random() < 0.8
        if close:
            index = generator.integers(0, len(train), 4 * args.batch)
        image = train.pixels(index)
        image = close_ups(image, train.truth[index], generator) if close else image
        image = image.to(DEVICE).contiguous(memory_format=torch.channels_last)
        mean, log_variance = model.encoder(image)
        mean, log_variance = mean.float(), log_variance.float()
        latent = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        output = model.decoder(latent).float()
        reconstruction = (output - image).abs().mean() + 4 * (output - image).pow(2).mean() + gradient_l1(output, image)
        kl = 0.5 * (mean.pow(2) + log_variance.exp() - 1 - log_variance).mean()
        return reconstruction + 2e-4 * kl, {"l1": (output - image).abs().mean().item(), "kl": kl.item()}

    autoencoder = fit.ema if args.export_only or args.untrained else fit.run(len(train), loss)
    autoencoder.float()
    if not args.untrained:
        with torch.no_grad():
            latents = torch.cat([autoencoder.encoder(train.pixels(slice(at, at + 256)).to(DEVICE))[0] for at in range(0, 4096, 256)])
        autoencoder.shift.copy_(latents.mean((0, 2, 3)).view(1, -1, 1, 1))
        autoencoder.scale.copy_(latents.std((0, 2, 3)).view(1, -1, 1, 1))
        # The latent recipes read this file: the average weights with the latent moments in.
        torch.save(autoencoder.state_dict(), fit.path.with_name("toybox-autoencoder.final.pt"))
    figures = {} if args.untrained else {"reconstructionPsnrDb": round(psnr(autoencoder, validation), 2)}
    print(figures, flush=True)

    folder = (args.untrained or ROOT / "generation/models") / "toybox-autoencoder"
    files = {
        "encoder": export_onnx(Part(autoencoder, "encode"), {"image": wave(1, 3, 64, 64, amplitude=0.9)}, ["latent"], folder / "encoder.onnx", fixture_path("toybox-autoencoder-encoder", folder)),
        "decoder": export_onnx(Part(autoencoder, "decode"), {"latent": wave(1, LATENT_CHANNELS, 16, 16, amplitude=1.2)}, ["image"], folder / "decoder.onnx", fixture_path("toybox-autoencoder-decoder", folder)),
    }
    card = {
        "id": "toybox-autoencoder",
        "name": "Toybox autoencoder",
        "creator": "Salon",
        "architecture": "convolutional KL autoencoder, f4, 4 latent channels",
        "imageSize": 64,
        "latentShape": [LATENT_CHANNELS, 16, 16],
        "files": files,
        "parameters": sum(p.numel() for p in autoencoder.parameters()),
        "training": fit.facts("Toybox, 90,000 scenes"),
        "figures": {**figures, "howMeasured": "mean over 1,000 validation scenes of 10 log10(1 / mse), pixels in [0,1]"},
        "license": "Apache-2.0",
        "released": "2026-11-22",
    }
    write_card(folder, card, "Turns a 64x64 image into a 16x16x4 latent of unit variance and back; the latent models draw in its space. What it loses, no latent model can draw.")


if __name__ == "__main__":
    main()
