"""Images a second of the usual way: PIL decodes and resizes (clean), PyTorch runs Inception, in batches of 32."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "fidelity" / "reference"))

import numpy as np
import torch
from PIL import Image

import inception

folder, checkpoint = sys.argv[1], sys.argv[2]
net = inception.network(random=False)
net.load_state_dict(torch.load(checkpoint))
files = sorted(Path(folder).iterdir())


def clean(file):
    pixels = np.asarray(Image.open(file).convert("RGB"))
    channels = [Image.fromarray(pixels[:, :, c].astype(np.float32), mode="F").resize((299, 299), Image.BICUBIC) for c in range(3)]
    return (np.stack([np.asarray(channel).clip(0, 255) for channel in channels]) - 128) / 128


inception.features(net, torch.zeros(2, 3, 299, 299))
start = time.perf_counter()
rows = []
for at in range(0, len(files), 32):
    batch = np.stack([clean(file) for file in files[at : at + 32]]).astype(np.float32)
    rows.append(inception.features(net, torch.from_numpy(batch))[0].numpy())
seconds = time.perf_counter() - start
print(f"{len(files) / seconds:.2f}\t{np.concatenate(rows).mean():.6f}")
