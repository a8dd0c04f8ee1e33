"""The convolutional trunk, the reading heads and the distortions that the grader and the encoder share."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.world import WORLD

KINDS, COLOURS, BACKGROUNDS = len(WORLD["kinds"]), len(WORLD["colours"]), len(WORLD["backgrounds"])


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.second = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)

    def forward(self, x):
        return x + self.second(F.relu(self.first(F.relu(x))))


WIDTH = 128


def trunk() -> nn.Sequential:
    """[B,3,64,64] in [-1,1] -> a feature map [B,128,8,8]."""
    return nn.Sequential(
        nn.PixelUnshuffle(2), nn.Conv2d(12, 48, 3, padding=1), nn.ReLU(), nn.Conv2d(48, 96, 3, stride=2, padding=1), Residual(96),
        nn.ReLU(), nn.Conv2d(96, WIDTH, 3, stride=2, padding=1), Residual(WIDTH), Residual(WIDTH), nn.ReLU(),
    )


def pooled(map_):
    """Mean and maximum over places: [B,256]."""
    # Pooling layers, not reductions: those would turn the gradient's memory layout and make every convolution's backward slow.
    side = int(map_.shape[-1])
    return torch.cat([F.avg_pool2d(map_, side).flatten(1), F.max_pool2d(map_, side).flatten(1)], 1)


class PlacedReadings(nn.Module):
    """Feature map -> readings (see Readings). Each kind looks where it is: its attention over the 8x8 places gives its centre
    and picks up its colour there, which needs far fewer examples than learning every kind at every place."""

    def __init__(self):
        super().__init__()
        self.looks, self.shades = nn.Conv2d(WIDTH, KINDS, 1), nn.Conv2d(WIDTH, KINDS * COLOURS, 1)
        self.evidence = nn.Conv2d(WIDTH, KINDS * 8, 1)
        self.counts = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 4))
        self.background = nn.Linear(2 * WIDTH, BACKGROUNDS)
        line = (torch.arange(8) + 0.5) / 8
        rows, columns = torch.meshgrid(line, line, indexing="ij")
        self.register_buffer("places", torch.stack([columns, rows], 2).reshape(1, 64, 2))

    def forward(self, map_):
        attention = torch.softmax(self.looks(map_).flatten(2), 2)
        shades = self.shades(map_).reshape(-1, KINDS, COLOURS, 64)
        # Evidence for a kind adds up over places; one small network, the same for all kinds, turns it into a count.
        evidence = torch.relu(self.evidence(map_)).reshape(-1, KINDS, 8, 64)
        evidence = torch.cat([evidence.sum(3) / 4, evidence.amax(3)], 2)
        return (
            self.counts(evidence),
            (shades * attention[:, :, None]).sum(3),
            attention @ self.places.to(attention.dtype),
            self.background(pooled(map_)),
        )


class Readings(nn.Module):
    """Flat features -> how many of each kind (0-3), each kind's colour and centre, and the background, as logits and numbers."""

    def __init__(self, features):
        super().__init__()
        self.counts = nn.Linear(features, KINDS * 4)
        self.colours = nn.Linear(features, KINDS * COLOURS)
        self.positions = nn.Linear(features, KINDS * 2)
        self.background = nn.Linear(features, BACKGROUNDS)

    def forward(self, features):
        return (
            self.counts(features).reshape(-1, KINDS, 4),
            self.colours(features).reshape(-1, KINDS, COLOURS),
            self.positions(features).reshape(-1, KINDS, 2),
            self.background(features),
        )


def readable(truth: np.ndarray):
    """int16 truth rows [B,18] -> counts [B,K], colours [B,K] (-1 absent), centres [B,K,2] in [0,1], backgrounds [B]."""
    rows = truth.astype(np.int64)
    count = np.zeros((len(rows), KINDS), np.int64)
    colour = np.full((len(rows), KINDS), -1, np.int64)
    centre = np.zeros((len(rows), KINDS, 2), np.float32)
    every = np.arange(len(rows))
    for place in range(3):
        kind, shade, x, y = (rows[:, 3 + place * 5 + offset] for offset in range(4))
        on = kind >= 0
        count[every[on], kind[on]] += 1
        colour[every[on], kind[on]] = shade[on]
        centre[every[on], kind[on]] += np.stack([x[on], y[on]], 1) / 1024
    centre /= np.maximum(count, 1)[:, :, None]
    return torch.from_numpy(count), torch.from_numpy(colour), torch.from_numpy(centre), torch.from_numpy(rows[:, 2])


def reading_loss(readings, truth):
    counts, colours, positions, background = (value.float() for value in readings)
    count, colour, centre, behind = truth
    present = count > 0
    kinds = F.cross_entropy(counts.reshape(-1, 4), count.reshape(-1)) * 6
    shades = F.cross_entropy(colours[present], colour[present])
    places = (positions[present] - centre[present]).abs().mean() * 4
    return kinds + shades + places + F.cross_entropy(background, behind)


def distort(images: torch.Tensor, generator: np.random.Generator, share: float, strength: float = 1.0):
    """Spoils a share of the images in the ways a generator does: wobbling shapes, softness, grain, colours that drift.

    Returns the images and the strengths [B,4] in [0,1] (wobble, blur, grain, drift).
    """
    batch = len(images)
    level = generator.random((batch, 4)) * (generator.random((batch, 4)) < share) * strength
    wobble, blur, grain, drift = (torch.from_numpy(level[:, index]).float().view(-1, 1, 1, 1) for index in range(4))
    field = torch.from_numpy(generator.standard_normal((batch, 2, 9, 9)).astype(np.float32))
    field = F.interpolate(field, size=64, mode="bicubic", align_corners=True) * wobble * (5 / 64)
    identity = F.affine_grid(torch.eye(2, 3).expand(batch, 2, 3), (batch, 1, 64, 64), align_corners=False)
    out = F.grid_sample(images, identity + field.permute(0, 2, 3, 1), padding_mode="border", align_corners=False)
    soft = F.avg_pool2d(F.pad(out, (1, 1, 1, 1), mode="replicate"), 3, stride=1)
    soft = F.avg_pool2d(F.pad(soft, (1, 1, 1, 1), mode="replicate"), 3, stride=1)
    out = out + blur * (soft - out)
    out = out + grain * 0.25 * torch.randn_like(out)
    tint = torch.from_numpy(generator.standard_normal((batch, 3, 9, 9)).astype(np.float32))
    out = out + drift * 0.35 * F.interpolate(tint, size=64, mode="bicubic", align_corners=True)
    return out.clamp(-1, 1), torch.from_numpy(level.astype(np.float32))
