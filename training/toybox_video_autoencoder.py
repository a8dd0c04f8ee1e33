"""The causal video autoencoder: [1+T,64,64,3] pixels <-> [1+T/4,16,16,8] latents. `python3 training/toybox_video_autoencoder.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.clips import FRAMES, ClipSplit
from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import DEVICE, Fit, arguments
from training.toybox_autoencoder import Residual, gradient_l1

VIDEO_LATENT_CHANNELS = 8
NARROW, WIDE = 48, 96


def frames_of(layer, x):
    """Applies an image layer to every frame of x [B,T,C,H,W]."""
    return layer(x.flatten(0, 1)).unflatten(0, x.shape[:2])


class CausalTime(nn.Module):
    """A convolution over time of three frames: this one and the two before it; before the first frame stand copies of it.

    x [B,T,C,H,W] -> [B,ceil(T/stride),C',H,W]. No output depends on a later frame.
    """

    def __init__(self, channels, out=None, stride=1):
        super().__init__()
        self.stride = stride
        self.mix = nn.Conv2d(3 * channels, out or channels, 1)

    def forward(self, x):
        padded = torch.cat([x[:, :1], x[:, :1], x], 1)
        near = [padded[:, back : padded.shape[1] - 2 + back : self.stride] for back in range(3)]
        return frames_of(self.mix, torch.cat(near, 2))


class Block(nn.Module):
    """What one frame shows, then what the last three do."""

    def __init__(self, width):
        super().__init__()
        self.space, self.time = Residual(width), CausalTime(width)
        nn.init.zeros_(self.time.mix.weight)
        nn.init.zeros_(self.time.mix.bias)

    def forward(self, x):
        x = frames_of(self.space, x)
        return x + self.time(F.relu(x))


class TimeUp(nn.Module):
    """T frames -> 2 T - 1: every frame but the first, which stands for itself alone, becomes two."""

    def __init__(self, width):
        super().__init__()
        self.two = CausalTime(width, 2 * width)

    def forward(self, x):
        pairs = self.two(F.relu(x)).unflatten(2, (2, -1)).flatten(1, 2)
        # The first frame's pair holds nothing that the frame itself does not.
        return pairs[:, 1:]


class Encoder(nn.Module):
    """[B,1+T,3,64,64] in [-1,1] -> mean and log-variance, each [B,1+T/4,8,16,16]."""

    def __init__(self):
        super().__init__()
        self.look = nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(12, NARROW, 3, padding=1), nn.ReLU(), nn.Conv2d(NARROW, WIDE, 3, stride=2, padding=1))
        self.first, self.halve, self.second, self.quarter, self.third = Block(WIDE), CausalTime(WIDE, stride=2), Block(WIDE), CausalTime(WIDE, stride=2), Block(WIDE)
        self.out = nn.Conv2d(WIDE, 2 * VIDEO_LATENT_CHANNELS, 1)

    def forward(self, clip):
        x = self.first(frames_of(self.look, clip))
        x = self.second(self.halve(F.relu(x)))
        x = self.third(self.quarter(F.relu(x)))
        mean, log_variance = frames_of(self.out, F.relu(x)).chunk(2, 2)
        return mean, log_variance.clamp(-12, 4)


class Decoder(nn.Module):
    """[B,1+T/4,8,16,16] -> [B,1+T,3,64,64]."""

    def __init__(self):
        super().__init__()
        self.enter = nn.Conv2d(VIDEO_LATENT_CHANNELS, WIDE, 3, padding=1)
        self.first, self.rise_once, self.second, self.rise_twice, self.third = Block(WIDE), TimeUp(WIDE), Block(WIDE), TimeUp(WIDE), Block(WIDE)
        self.show = nn.Sequential(
            nn.ReLU(), nn.Conv2d(WIDE, 4 * NARROW, 3, padding=1), nn.PixelShuffle(2), Residual(NARROW), nn.ReLU(),
            nn.Conv2d(NARROW, 12, 3, padding=1), nn.PixelShuffle(2),
        )

    def forward(self, latent):
        x = self.rise_once(self.first(frames_of(self.enter, latent)))
        return frames_of(self.show, self.third(self.rise_twice(self.second(x))))


class VideoAutoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = Encoder(), Decoder()
        # Latent moments over the training set, so that what leaves the encoder has mean 0 and variance 1 per channel.
        self.register_buffer("shift", torch.zeros(1, 1, VIDEO_LATENT_CHANNELS, 1, 1))
        self.register_buffer("scale", torch.ones(1, 1, VIDEO_LATENT_CHANNELS, 1, 1))

    def encode(self, clip):
        return (self.encoder(clip)[0] - self.shift) / self.scale

    def decode(self, latent):
        return self.decoder(latent * self.scale + self.shift).clamp(-1, 1)


class Part(nn.Module):
    """One direction of the autoencoder as a module of its own, for export."""

    def __init__(self, autoencoder, direction):
        super().__init__()
        self.autoencoder, self.direction = autoencoder, direction

    def forward(self, x):
        return getattr(self.autoencoder, self.direction)(x)


def windows(clip, generator, side=32):
    """A window of each clip, the same in all of its frames: convolutions learn as much from it, for a quarter of the work."""
    corners = generator.integers(0, (64 - side) // 4 + 1, (len(clip), 2)) * 4
    return torch.stack([whole[:, :, y : y + side, x : x + side] for whole, (x, y) in zip(clip, corners)])


@torch.no_grad()
def psnr(autoencoder, split, count=300):
    squared = []
    for at in range(0, count, 20):
        clip = split.pixels(slice(at, at + 20)).to(DEVICE)
        squared.append(((autoencoder.decode(autoencoder.encode(clip)) - clip) / 2).pow(2).mean((1, 2, 3, 4)))
    return float((-10 * torch.log10(torch.cat(squared))).mean())


@torch.no_grad()
def sees_no_future(autoencoder, split):
    """Whether latents and frames up to a moment are bit-equal when everything after it is another clip's."""
    clip, other = split.pixels(slice(0, 1)).to(DEVICE), split.pixels(slice(1, 2)).to(DEVICE)
    for frame in (1, 5, 9, 13):
        mixed = torch.cat([clip[:, :frame], other[:, frame:]], 1)
        kept = 1 + (frame - 1) // 4
        first, second = autoencoder.encode(clip), autoencoder.encode(mixed)
        if not torch.equal(first[:, :kept], second[:, :kept]):
            return False
        if not torch.equal(autoencoder.decode(first)[:, :frame], autoencoder.decode(second)[:, :frame]):
            return False
    return True


def main():
    args = arguments(minutes=40, batch=16, lr=2e-3)
    model = VideoAutoencoder()
    fit = Fit("toybox-video-autoencoder", model, args, ema=0.998)
    train, validation = ClipSplit("train"), ClipSplit("validation")

    def loss(index, generator):
        clip = windows(train.pixels(index), generator).to(DEVICE)
        mean, log_variance = (value.float() for value in model.encoder(clip))
        latent = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        output = model.decoder(latent).float()
        difference = output - clip
        # What changes from frame to frame must change as it does in the clip: no flicker.
        change = (difference[:, 1:] - difference[:, :-1]).abs().mean()
        reconstruction = difference.abs().mean() + 4 * difference.pow(2).mean() + gradient_l1(output, clip) + 0.5 * change
        kl = 0.5 * (mean.pow(2) + log_variance.exp() - 1 - log_variance).mean()
        return reconstruction + 1e-4 * kl, {"l1": difference.abs().mean().item(), "kl": kl.item()}

    autoencoder = fit.ema if args.export_only or args.untrained else fit.run(len(train), loss)
    autoencoder.float()
    figures = {}
    if not args.untrained:
        with torch.no_grad():
            rows = np.linspace(0, len(train) - 1, 512).astype(int)
            latents = torch.cat([autoencoder.encoder(train.pixels(rows[at : at + 32]).to(DEVICE))[0] for at in range(0, len(rows), 32)])
        autoencoder.shift.copy_(latents.mean((0, 1, 3, 4)).view(1, 1, -1, 1, 1))
        autoencoder.scale.copy_(latents.std((0, 1, 3, 4)).view(1, 1, -1, 1, 1))
        # The video recipes read this file: the average weights with the latent moments in.
        torch.save(autoencoder.state_dict(), fit.path.with_name("toybox-video-autoencoder.final.pt"))
        figures = {"reconstructionPsnrDb": round(psnr(autoencoder, validation), 2), "seesNoFuture": sees_no_future(autoencoder, validation)}
    print(figures, flush=True)

    latent_frames = 1 + (FRAMES - 1) // 4
    folder = (args.untrained or ROOT / "generation/models") / "toybox-video-autoencoder"
    files = {
        "encoder": export_onnx(Part(autoencoder, "encode"), {"clip": wave(1, FRAMES, 3, 64, 64, amplitude=0.9)}, ["latent"], folder / "encoder.onnx", fixture_path("toybox-video-autoencoder-encoder", folder)),
        "decoder": export_onnx(Part(autoencoder, "decode"), {"latent": wave(1, latent_frames, VIDEO_LATENT_CHANNELS, 16, 16, amplitude=1.2)}, ["clip"], folder / "decoder.onnx", fixture_path("toybox-video-autoencoder-decoder", folder)),
    }
    card = {
        "id": "toybox-video-autoencoder",
        "name": "Toybox video autoencoder",
        "creator": "Salon",
        "architecture": "causal convolutional KL autoencoder, f4 in space and in time, 8 latent channels",
        "imageSize": 64,
        "frames": FRAMES,
        "latentShape": [latent_frames, VIDEO_LATENT_CHANNELS, 16, 16],
        "files": files,
        "parameters": sum(p.numel() for p in autoencoder.parameters()),
        "training": fit.facts(f"Toybox in motion, {len(train):,} clips"),
        "figures": {**figures, "howMeasured": "mean over 300 validation clips of 10 log10(1 / mse), pixels in [0,1]; every second check of the future is bit for bit"},
        "license": "Apache-2.0",
        "released": "2026-11-30",
    }
    write_card(
        folder,
        card,
        "Turns a clip of 17 frames into 5 latent frames of 16x16x8 and unit variance, and back. The first latent frame is of the first frame alone, each further one of four more; nothing depends on a later frame, so a clip can be read and shown while it goes on. What it loses, no latent video model can draw.",
    )


if __name__ == "__main__":
    main()
