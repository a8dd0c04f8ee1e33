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
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments
from training.common.latents import LATENT_CHANNELS
from training.toybox_autoencoder import Residual, gradient_l1

GROUP = 4
MOTION_CHANNELS = 4
VIDEO_LATENT_CHANNELS = LATENT_CHANNELS + MOTION_CHANNELS
NARROW, WIDE, BRIEF = 48, 96, 32


def frames_of(layer, x):
    """Applies an image layer to every frame of x [B,T,C,H,W]. The exporter keeps T as it is, and leaves B open."""
    return layer(x.flatten(0, 1)).unflatten(0, (-1, int(x.shape[1])))


class Encoder(nn.Module):
    """[B,1+T,3,64,64] in [-1,1] -> mean and log-variance, each [B,1+T/4,8,16,16].

    A latent frame's first four channels are the image autoencoder's latent of one frame: the first, or the last of four. The
    other four say how the clip came there, from that frame and the four before it (before the first stand copies of it).
    """

    def __init__(self):
        super().__init__()
        self.look = nn.Sequential(
            nn.PixelUnshuffle(2), nn.Conv2d(12, NARROW, 3, padding=1), nn.ReLU(), nn.Conv2d(NARROW, WIDE, 3, stride=2, padding=1),
            Residual(WIDE), Residual(WIDE), nn.ReLU(),
        )
        self.still = nn.Conv2d(WIDE, 2 * LATENT_CHANNELS, 1)
        self.brief = nn.Conv2d(WIDE, BRIEF, 1)
        self.course = nn.Sequential(
            nn.Conv2d((GROUP + 1) * BRIEF, WIDE, 3, padding=1), Residual(WIDE), nn.ReLU(), nn.Conv2d(WIDE, 2 * MOTION_CHANNELS, 1),
        )

    def forward(self, clip):
        # What the image autoencoder learned stays as it is.
        with torch.no_grad():
            seen = frames_of(self.look, clip)
            still = frames_of(self.still, seen[:, ::GROUP])
        brief = frames_of(self.brief, seen)
        past = torch.cat([brief[:, :1]] * GROUP + [brief], 1)
        # Latent frame k looks at frames 4 k - 4 to 4 k.
        near = [past[:, back : past.shape[1] - GROUP + back : GROUP] for back in range(GROUP + 1)]
        moved = frames_of(self.course, torch.cat(near, 2))
        mean, log_variance = (torch.cat(parts, 2) for parts in zip(still.chunk(2, 2), moved.chunk(2, 2)))
        return mean, log_variance.clamp(-12, 4)


class Decoder(nn.Module):
    """[B,1+T/4,8,16,16] -> [B,1+T,3,64,64]: the frames that latents stand for, and the three on the way to each from the one before."""

    def __init__(self):
        super().__init__()
        self.enter = nn.Sequential(nn.Conv2d(LATENT_CHANNELS, WIDE, 3, padding=1), Residual(WIDE), Residual(WIDE))
        self.between = nn.Sequential(
            nn.ReLU(), nn.Conv2d(2 * WIDE + MOTION_CHANNELS, 2 * WIDE, 3, padding=1), Residual(2 * WIDE), nn.ReLU(),
            nn.Conv2d(2 * WIDE, (GROUP - 1) * WIDE, 3, padding=1),
        )
        self.show = nn.Sequential(
            nn.ReLU(), nn.Conv2d(WIDE, 4 * NARROW, 3, padding=1), nn.PixelShuffle(2), Residual(NARROW), Residual(NARROW), nn.ReLU(),
            nn.Conv2d(NARROW, 12, 3, padding=1), nn.PixelShuffle(2),
        )
        nn.init.zeros_(self.between[-1].weight)
        nn.init.zeros_(self.between[-1].bias)

    def forward(self, latent):
        known = frames_of(self.enter, latent[:, :, :LATENT_CHANNELS])
        before, after = known[:, :-1], known[:, 1:]
        changes = frames_of(self.between, torch.cat([before, after, latent[:, 1:, LATENT_CHANNELS:]], 2)).chunk(GROUP - 1, 2)
        way = [before + (after - before) * (step + 1) / GROUP + change for step, change in enumerate(changes)]
        rest = torch.stack([*way, after], 2).flatten(1, 2)
        return frames_of(self.show, torch.cat([known[:, :1], rest], 1))


class VideoAutoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = Encoder(), Decoder()
        # Latent moments, so that what leaves the encoder has mean 0 and variance 1 per channel: the image autoencoder's own for
        # its channels, the training set's for the others.
        self.register_buffer("shift", torch.zeros(1, 1, VIDEO_LATENT_CHANNELS, 1, 1))
        self.register_buffer("scale", torch.ones(1, 1, VIDEO_LATENT_CHANNELS, 1, 1))

    def encode(self, clip):
        return (self.encoder(clip)[0] - self.shift) / self.scale

    def decode(self, latent):
        return self.decoder(latent * self.scale + self.shift).clamp(-1, 1)

    def decode_first(self, still):
        """A first latent frame's first four channels [B,4,16,16] -> the clip's first frame [B,3,64,64], which nothing else has a part in."""
        channels = (slice(None), slice(None, LATENT_CHANNELS))
        return self.decoder.show(self.decoder.enter(still * self.scale[0][channels] + self.shift[0][channels])).clamp(-1, 1)

    def image_parts(self):
        """What begins as the image autoencoder's, learned further at a fifth of the pace."""
        return [*self.decoder.enter.parameters(), *self.decoder.show.parameters()]


@torch.no_grad()
def start_from_images(model: VideoAutoencoder):
    """The image autoencoder already encodes and decodes one frame."""
    weights = torch.load(CHECKPOINTS / "toybox-autoencoder.final.pt", map_location="cpu")
    own = {}
    for key, value in weights.items():
        side, _, rest = key.partition(".layers.")
        layer, _, name = rest.partition(".")
        if side == "encoder":
            own[f"encoder.still.{name}" if layer == "7" else f"encoder.look.{rest}"] = value
        elif side == "decoder":
            own[f"decoder.enter.{rest}" if int(layer) < 3 else f"decoder.show.{int(layer) - 3}.{name}"] = value
    missing, unexpected = model.load_state_dict(own, strict=False)
    assert not unexpected and not any(key.startswith(("encoder.look", "encoder.still", "decoder.enter", "decoder.show")) for key in missing), (missing, unexpected)
    for name in ("shift", "scale"):
        getattr(model, name)[0, 0, :LATENT_CHANNELS] = weights[name][0]


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
    """Mean dB over clips: of the frames that latents stand for, of those between, and of all."""
    squared = []
    for at in range(0, count, 20):
        clip = split.pixels(slice(at, at + 20)).to(DEVICE)
        squared.append(((autoencoder.decode(autoencoder.encode(clip)) - clip) / 2).pow(2).mean((2, 3, 4)))
    error = torch.cat(squared)
    known = torch.arange(FRAMES) % GROUP == 0
    decibels = lambda part: round(float((-10 * torch.log10(part.mean(1))).mean()), 2)
    return {"reconstructionPsnrDb": decibels(error), "keyFramesPsnrDb": decibels(error[:, known]), "framesBetweenPsnrDb": decibels(error[:, ~known])}


@torch.no_grad()
def sees_no_future(autoencoder, split):
    """Whether latents and frames up to a moment are bit-equal when everything after it is another clip's.

    By PyTorch's own convolutions: oneDNN's mix a batch's rows in their last bits.
    """
    with torch.backends.mkldnn.flags(enabled=False):
        return _sees_no_future(autoencoder, split)


def _sees_no_future(autoencoder, split):
    clip, other = split.pixels(slice(0, 1)).to(DEVICE), split.pixels(slice(1, 2)).to(DEVICE)
    for frame in (1, 5, 9, 13):
        mixed = torch.cat([clip[:, :frame], other[:, frame:]], 1)
        kept = 1 + (frame - 1) // GROUP
        first, second = autoencoder.encode(clip), autoencoder.encode(mixed)
        if not torch.equal(first[:, :kept], second[:, :kept]):
            return False
        if not torch.equal(autoencoder.decode(first)[:, :frame], autoencoder.decode(second)[:, :frame]):
            return False
    return True


def main():
    args = arguments(minutes=20, batch=16, lr=2e-3)
    model = VideoAutoencoder()
    if not args.untrained:
        start_from_images(model)
    fit = Fit("toybox-video-autoencoder", model, args, ema=0.998, gentle=model.image_parts())
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
        mean, log_variance = mean[:, :, LATENT_CHANNELS:], log_variance[:, :, LATENT_CHANNELS:]
        kl = 0.5 * (mean.pow(2) + log_variance.exp() - 1 - log_variance).mean()
        return reconstruction + 1e-4 * kl, {"l1": difference.abs().mean().item(), "kl": kl.item()}

    autoencoder = fit.ema if args.export_only or args.untrained else fit.run(len(train), loss)
    autoencoder.float()
    figures = {}
    if not args.untrained:
        with torch.no_grad():
            rows = np.linspace(0, len(train) - 1, 512).astype(int)
            latents = torch.cat([autoencoder.encoder(train.pixels(rows[at : at + 32]).to(DEVICE))[0] for at in range(0, len(rows), 32)])
            moved = latents[:, :, LATENT_CHANNELS:]
            autoencoder.shift[0, 0, LATENT_CHANNELS:] = moved.mean((0, 1, 3, 4)).view(-1, 1, 1)
            autoencoder.scale[0, 0, LATENT_CHANNELS:] = moved.std((0, 1, 3, 4)).view(-1, 1, 1)
        # The video recipes read this file: the average weights with the latent moments in.
        torch.save(autoencoder.state_dict(), fit.path.with_name("toybox-video-autoencoder.final.pt"))
        figures = psnr(autoencoder, validation) | {"seesNoFuture": sees_no_future(autoencoder, validation)}
    print(figures, flush=True)

    latent_frames = 1 + (FRAMES - 1) // GROUP
    folder = (args.untrained or ROOT / "generation/models") / "toybox-video-autoencoder"
    files = {
        "encoder": export_onnx(Part(autoencoder, "encode"), {"clip": wave(1, FRAMES, 3, 64, 64, amplitude=0.9)}, ["latent"], folder / "encoder.onnx", fixture_path("toybox-video-autoencoder-encoder", folder)),
        "decoder": export_onnx(Part(autoencoder, "decode"), {"latent": wave(1, latent_frames, VIDEO_LATENT_CHANNELS, 16, 16, amplitude=1.2)}, ["clip"], folder / "decoder.onnx", fixture_path("toybox-video-autoencoder-decoder", folder)),
    }
    card = {
        "id": "toybox-video-autoencoder",
        "name": "Toybox video autoencoder",
        "creator": "Salon",
        "architecture": "causal convolutional KL autoencoder, f4 in space and in time, 4 latent channels for what is seen and 4 for what moved",
        "imageSize": 64,
        "frames": FRAMES,
        "latentShape": [latent_frames, VIDEO_LATENT_CHANNELS, 16, 16],
        "files": files,
        "parameters": sum(p.numel() for p in autoencoder.parameters()),
        "training": fit.facts(f"Toybox in motion, {len(train):,} clips") | {"startsFrom": "toybox-autoencoder (all of it; its encoder unchanged)"},
        "figures": {**figures, "howMeasured": "mean over 300 validation clips of 10 log10(1 / mse), pixels in [0,1]; the check of the future is bit for bit"},
        "license": "Apache-2.0",
        "released": "2026-11-30",
    }
    write_card(
        folder,
        card,
        "Turns a clip of 17 frames into 5 latent frames of 16x16x8 and unit variance, and back. The first latent frame is of the first frame alone, each further one of four more; nothing depends on a later frame, so a clip can be read and shown while it goes on. Four channels are the image autoencoder's latent of one frame in four, the other four say how the clip came there. What it loses, no latent video model can draw.",
    )


if __name__ == "__main__":
    main()
