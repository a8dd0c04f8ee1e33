"""Denoising diffusion with a U-Net on raw pixels. `python3 training/ddpm_unet_pixel.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.recipe import Recipe, run
from training.common.fit import arguments
from training.common.objectives import DataPredictor, Diffusion
from training.common.unet import UNet

OBJECTIVE = Diffusion("eps")
RECIPE = Recipe(
    id="ddpm-unet-pixel",
    name="DDPM U-Net (pixel)",
    prose="The classic: a U-Net learns to undo a little noise at a time, on the pixels themselves. Cosine schedule, noise prediction, uniform timesteps; it names the clean image, from which the noise follows, and errors count by the signal-to-noise ratio, limited to 1 to 5. The network is that of flow-unet-pixel, from whose weights it goes on with its own noise.",
    stack={
        "paradigm": "Diffusion (DDPM)",
        "architecture": "U-Net",
        "representation": "Pixels",
        "textConditioning": "Cross-attention, trained along",
    },
    model=DataPredictor(UNet(channels=3), OBJECTIVE).to(memory_format=torch.channels_last),
    objective=OBJECTIVE,
    start=("flow-unet-pixel", ("",)),
    sampler={"default": "ddim", "steps": 20, "guidanceScale": 3},
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=8, batch=32, lr=1e-3, seed=2))
