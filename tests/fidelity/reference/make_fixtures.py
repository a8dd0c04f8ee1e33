"""Writes tests/fidelity/fixtures: what PyTorch, PIL and NumPy compute. `python3 tests/fidelity/reference/make_fixtures.py`

Nothing large is committed: weights and images are made from seeds (seeded.py), here and in the tests alike.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import i3d
import inception
from seeded import image, random_tensor

OUT = Path(__file__).resolve().parents[1] / "fixtures"


def clean(image, width, height):
    channels = [Image.fromarray(image[:, :, c].astype(np.float32), mode="F").resize((width, height), Image.BICUBIC) for c in range(3)]
    return np.stack([np.asarray(channel).clip(0, 255) for channel in channels]).astype(np.float32)


def tf1(image, width, height):
    """torch-fidelity's bilinear interpolation like TensorFlow 1's: source = target * in / out, no half pixel."""
    x = image.transpose(2, 0, 1).astype(np.float32)

    def grid(size, out):
        at = np.arange(out, dtype=np.float32) * np.float32(size / out)
        low = np.floor(at).astype(int)
        return low, np.minimum(low + 1, size - 1), (at - low).astype(np.float32)

    (top, bottom, v), (left, right, u) = grid(x.shape[1], height), grid(x.shape[2], width)
    rows = [x[:, r][:, :, left] + (x[:, r][:, :, right] - x[:, r][:, :, left]) * u for r in (top, bottom)]
    return rows[0] + (rows[1] - rows[0]) * v[None, :, None]


def torch_resize(image, width, height):
    x = torch.from_numpy(image.transpose(2, 0, 1)[None].astype(np.float32) / 255)
    return F.interpolate(x, (height, width), mode="bilinear", align_corners=False)[0].numpy() * 255


def resizes():
    cases = []
    for seed, (w, h, W, H) in enumerate([(32, 32, 299, 299), (640, 333, 299, 299), (299, 500, 299, 299), (100, 80, 64, 64), (1, 5, 64, 64), (300, 299, 299, 299)]):
        out = clean(image(w, h, seed), W, H)
        cases.append({"seed": seed, "from": [w, h], "to": [W, H], "sha256": hashlib.sha256(out.tobytes()).hexdigest()})
    (OUT / "resize-clean.json").write_text(json.dumps(cases, indent=1) + "\n")
    for name, resize in (("tf1", tf1), ("torch", torch_resize)):
        for seed, (w, h, W, H) in enumerate([(16, 12, 37, 45), (90, 70, 33, 29)]):
            np.save(OUT / f"resize-{name}-{seed}.npy", np.ascontiguousarray(resize(image(w, h, seed), W, H), np.float32))
    checker = np.indices((32, 32)).sum(0) % 2 * 255
    checker = np.repeat(checker[:, :, None], 3, 2).astype(np.uint8)
    gap = np.abs(tf1(checker, 299, 299) - torch_resize(checker, 299, 299)).mean()
    (OUT / "checkerboard.json").write_text(json.dumps({"meanGreyLevels": float(gap)}) + "\n")


def networks():
    images = np.stack([image(299, 299, seed) for seed in (1, 2)]).transpose(0, 3, 1, 2)
    features, logits = inception.features(inception.network(), torch.from_numpy((images.astype(np.float32) - 128) / 128))
    np.save(OUT / "inception-features.npy", features.numpy())
    np.save(OUT / "inception-logits.npy", logits.numpy())
    video = np.stack([image(224, 224, seed) for seed in range(16)]).transpose(3, 0, 1, 2)[None]
    with torch.no_grad():
        np.save(OUT / "i3d-logits.npy", i3d.network()(torch.from_numpy((video.astype(np.float32) - 127.5) / 127.5)).numpy())


class Small(torch.nn.Module):
    """A module with the same kinds of members, for the three ways to save one."""

    def __init__(self):
        super().__init__()
        self.conv3d = torch.nn.Conv2d(2, 3, 2, bias=False)
        self.bn = torch.nn.BatchNorm2d(3)

    def forward(self, x):
        return self.bn(self.conv3d(x))


def checkpoints():
    small = Small()
    small.load_state_dict({k: torch.from_numpy(random_tensor(k, tuple(v.shape))) for k, v in small.state_dict().items()})
    state = small.state_dict()
    torch.save(state, OUT / "small-zip.pt")
    torch.save(state, OUT / "small-legacy.pth", _use_new_zipfile_serialization=False)
    torch.jit.script(small.eval()).save(str(OUT / "small-torchscript.pt"))
    base = torch.arange(24.0).reshape(4, 6)
    views = {"transposed": base.t(), "part": base[1:3, 2:5], "half": base[0].half(), "double": base[1].double(), "shared": base}
    torch.save(views, OUT / "views-legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(views, OUT / "views-zip.pt")
    torch.save({"weight": torch.zeros(1), "evil": Path("/tmp")}, OUT / "evil-zip.pt")


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    resizes()
    checkpoints()
    networks()
