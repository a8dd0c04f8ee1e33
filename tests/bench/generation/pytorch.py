"""The other side of throughput.ts: flow-dit-latent in PyTorch, the published weights, the same walk, at batch 1 and 8.

`python3 tests/bench/generation/pytorch.py [seconds a measurement, 15]` prints a line of JSON for each batch size. float32 as the
backend, all cores, no HTTP and no PNG: what a Python server would have to add.
"""

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import torch

from training.common.recipe import example_inputs
from training.common.export import ROOT, wave
from training.common.latents import LATENT_CHANNELS
from training.common.objectives import guided
from training.flow_dit_latent import RECIPE
from training.restore_checkpoints import restore
from training.toybox_autoencoder import Autoencoder, Part


def published():
    """The denoiser and the decoder with the weights of the committed ONNX files."""
    models = ROOT / "generation/models"
    denoiser = RECIPE.model
    denoiser.load_state_dict(restore(denoiser, example_inputs(RECIPE), models / RECIPE.id / "denoiser.onnx"), strict=False)
    autoencoder = Autoencoder()
    weights = restore(Part(autoencoder, "decode"), {"latent": wave(1, LATENT_CHANNELS, 16, 16)}, models / "toybox-autoencoder/decoder.onnx")
    autoencoder.load_state_dict({key.removeprefix("autoencoder."): value for key, value in weights.items()}, strict=False)
    return denoiser.eval().float(), autoencoder.eval()


@torch.no_grad()
def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 15
    torch.set_num_threads(os.cpu_count())
    denoiser, autoencoder = published()
    tokens = torch.zeros(1, 20, dtype=torch.long)
    tokens[0, :5] = torch.tensor([2, 16, 17, 54, 2])
    for batch in (1, 8):
        predict = guided(denoiser, tokens.repeat(batch, 1), RECIPE.sampler["guidanceScale"])
        draw = lambda: autoencoder.decode(RECIPE.objective.sample(predict, torch.randn(batch, *RECIPE.shape), RECIPE.sampler["steps"]))
        draw()
        latencies, worked, begun = [], time.process_time(), time.time()
        while time.time() - begun < seconds:
            started = time.time()
            draw()
            latencies.append(1000 * (time.time() - started))
        images, elapsed = batch * len(latencies), time.time() - begun
        facts = {"rate": images / elapsed, "p50": sorted(latencies)[len(latencies) // 2], "cpu": 1000 * (time.process_time() - worked) / images}
        print(json.dumps({"batch": batch, "torch": torch.__version__, **facts}), flush=True)


if __name__ == "__main__":
    main()
