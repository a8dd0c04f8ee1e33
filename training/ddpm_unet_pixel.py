"""Denoising diffusion with a U-Net on raw pixels. `python3 training/ddpm_unet_pixel.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.contestant import Contestant, run
from training.common.fit import arguments
from training.common.objectives import Diffusion
from training.common.unet import UNet

if __name__ == "__main__":
    args = arguments(minutes=24, batch=32, lr=1e-3, seed=2)
    run(
        Contestant(
            id="ddpm-unet-pixel",
            name="DDPM U-Net (pixel)",
            prose="The classic: a U-Net learns to undo a little noise at a time, on the pixels themselves (cosine schedule, v-prediction).",
            stack={
                "paradigm": "Denoising diffusion (DDPM), cosine schedule, v-prediction",
                "architecture": "U-Net with attention at 16x16 and 8x8",
                "representation": "Pixels 64x64x3",
                "textConditioning": "Word-level text encoder trained along, cross-attention",
            },
            model=UNet(channels=3).to(memory_format=torch.channels_last),
            objective=Diffusion("v"),
            sampler={"default": "ddim", "steps": 30, "guidanceScale": 3},
        ),
        args,
    )
