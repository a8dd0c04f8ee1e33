"""What the clip grader and the clip encoder share: a trunk for frames, reading heads, and the ways a clip is spoiled."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.clips import BACKGROUNDS, COLOURS, FRAMES, KINDS, MOTIONS
from training.common.fit import CHECKPOINTS
from training.common.vision import WIDTH, Residual, distort, pooled

# Every second frame tells which way a thing goes, for half of the work.
WATCHED = slice(0, FRAMES, 2)
WATCHED_COUNT = (FRAMES + 1) // 2


def frame_trunk() -> nn.ModuleList:
    """The image grader's trunk (vision.trunk) in three stages: [N,3,64,64] in [-1,1] -> [N,48,32,32] -> [N,96,16,16] -> [N,128,8,8]."""
    return nn.ModuleList([
        nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(12, 48, 3, padding=1), nn.ReLU()),
        nn.Sequential(nn.Conv2d(48, 96, 3, stride=2, padding=1), Residual(96), nn.ReLU()),
        nn.Sequential(nn.Conv2d(96, WIDTH, 3, stride=2, padding=1), Residual(WIDTH), Residual(WIDTH), nn.ReLU()),
    ])


def start_from_images(grader):
    """The image grader already sees objects, where they are, their colours and the background in one frame."""
    weights = torch.load(CHECKPOINTS / "toybox-grader.pt", map_location="cpu")["ema"]
    own, stages = grader.state_dict(), {1: "0.1", 3: "1.0", 4: "1.1", 6: "2.0", 7: "2.1", 8: "2.2"}
    for key, value in weights.items():
        if key.startswith("trunk."):
            layer, _, rest = key.removeprefix("trunk.").partition(".")
            own[f"trunk.{stages[int(layer)]}.{rest}"].copy_(value)
        elif key.startswith(("readings.looks", "readings.shades", "readings.background", "readings.evidence", "readings.counts")):
            own[key].copy_(value)


class ClipReadings(nn.Module):
    """Maps of the watched frames [B,T,128,8,8] -> kinds [B,16] logits, colours [B,16,8] logits, motions [B,16,13] logits,
    background [B,8] logits.

    Each kind is followed: its attention over the places of every frame gives its centre and picks up what it looks like there;
    one small network, the same for all kinds, reads the motion from these.
    """

    VALUES = 24

    def __init__(self):
        super().__init__()
        self.looks, self.evidence = nn.Conv2d(WIDTH, KINDS, 1), nn.Conv2d(WIDTH, KINDS * 8, 1)
        self.counts = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 4))
        self.shades, self.values = nn.Conv2d(WIDTH, KINDS * COLOURS, 1), nn.Conv2d(WIDTH, self.VALUES, 1)
        self.kinds = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
        self.motions = nn.Sequential(nn.Linear(WATCHED_COUNT * (self.VALUES + 3), 192), nn.ReLU(), nn.Linear(192, 96), nn.ReLU(), nn.Linear(96, MOTIONS))
        self.background = nn.Linear(2 * WIDTH, BACKGROUNDS)
        line = (torch.arange(8) + 0.5) / 4 - 1
        rows, columns = torch.meshgrid(line, line, indexing="ij")
        self.register_buffer("places", torch.stack([columns, rows], 2).reshape(1, 64, 2))

    def forward(self, maps):
        # The exporter leaves the batch open where nothing is computed from its size.
        frames = int(maps.shape[1])
        flat = maps.flatten(0, 1)
        attention = torch.softmax(self.looks(flat).flatten(2).float(), 2)
        evidence = torch.relu(self.evidence(flat)).reshape(-1, KINDS, 8, 64)
        # As the image grader counts (vision.PlacedReadings): how much surer it is of some in this frame than of none.
        counts = self.counts(torch.cat([evidence.sum(3) / 4, evidence.amax(3)], 2)).float()
        evidence = counts[..., 1:].logsumexp(2) - counts[..., 0]
        centres = attention @ self.places
        seen = attention @ self.values(flat).flatten(2).transpose(1, 2).float()
        track = torch.cat([centres, evidence[..., None], seen], 2).unflatten(0, (-1, frames))
        motions = self.motions(track.transpose(1, 2).flatten(2))
        # A kind's colour is read from the frames that show it.
        shades = (self.shades(flat).reshape(-1, KINDS, COLOURS, 64).float() * attention[:, :, None]).sum(3)
        evidence = evidence.reshape(-1, frames, KINDS)
        weight = torch.softmax(evidence, 1)[..., None]
        colours = (shades.reshape(-1, frames, KINDS, COLOURS) * weight).sum(1)
        kinds = self.kinds(torch.stack([evidence.amax(1), evidence.mean(1)], 2)).squeeze(2)
        background = self.background(pooled(flat).float()).unflatten(0, (-1, frames)).mean(1)
        return kinds, colours, motions, background


def clip_truth(truth: np.ndarray):
    """int16 rows [B,11] -> kinds [B,16] (0 or 1), colours [B,16], motions [B,16] (-1 absent), backgrounds [B]."""
    rows = truth.astype(np.int64)
    kind = np.zeros((len(rows), KINDS), np.float32)
    colour = np.full((len(rows), KINDS), -1, np.int64)
    motion = np.full((len(rows), KINDS), -1, np.int64)
    every = np.arange(len(rows))
    for place in range(3):
        which, shade, move = (rows[:, 2 + place * 3 + offset] for offset in range(3))
        on = every[which >= 0]
        kind[on, which[on]] = 1
        colour[on, which[on]] = shade[on]
        motion[on, which[on]] = move[on]
    return tuple(torch.from_numpy(part) for part in (kind, colour, motion, rows[:, 1]))


def clip_reading_loss(readings, truth):
    kinds, colours, motions, background = (value.float() for value in readings)
    kind, colour, motion, behind = truth
    present = kind > 0
    return (
        6 * F.binary_cross_entropy_with_logits(kinds, kind)
        + F.cross_entropy(colours[present], colour[present])
        + F.cross_entropy(motions[present], motion[present])
        + F.cross_entropy(background, behind)
    )


SPOILS = ("wobble", "blur", "grain", "drift", "flicker", "frozen", "shuffled", "reversed")


def spoil_clips(clips: torch.Tensor, generator: np.random.Generator, share: float, strength: float = 1.0):
    """Spoils a share of the clips [B,T,3,64,64] as a generator does: each frame by itself (see vision.distort), brightness that
    jumps from frame to frame, and time that stands, is out of order or runs backwards.

    Returns the clips and the strengths [B,8] in [0,1], in the order of SPOILS.
    """
    batch, frames = clips.shape[:2]
    level = np.zeros((batch, len(SPOILS)), np.float32)
    out = clips.clone()
    rows = np.flatnonzero(generator.random(batch) < share)
    for row in rows:
        order = np.arange(frames)
        choice = generator.random()
        if choice < 0.2:
            moment = int(generator.integers(0, frames))
            order[:] = moment
            level[row, 5] = 1
        elif choice < 0.4:
            order = generator.permutation(frames)
            level[row, 6] = 1
        elif choice < 0.6:
            order = order[::-1].copy()
            level[row, 7] = 1
        out[row] = clips[row, order]
        if generator.random() < 0.5:
            distorted, strengths = distort(out[row], _Steady(generator, strength), 1.0)
            out[row] = distorted
            level[row, :4] = strengths[0].numpy()
        if generator.random() < 0.35:
            jump = generator.random() * strength
            out[row] = (out[row] + 0.5 * jump * torch.from_numpy(generator.standard_normal((frames, 1, 1, 1)).astype(np.float32))).clamp(-1, 1)
            level[row, 4] = jump
    return out, torch.from_numpy(level)


class _Steady:
    """A generator whose strengths are the same for all frames of a clip, while what they do differs from frame to frame."""

    def __init__(self, generator, strength):
        self.generator, self.strength, self.calls = generator, strength, 0

    def random(self, shape):
        self.calls += 1
        if self.calls == 1:
            return np.repeat(self.generator.random((1, shape[1])) * self.strength, shape[0], 0)
        # Which of the four ways: the same for every frame.
        return np.repeat(self.generator.random((1, shape[1])) * 2, shape[0], 0)

    def standard_normal(self, shape):
        return self.generator.standard_normal(shape)
