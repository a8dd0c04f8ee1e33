"""Denoising diffusion with a U-Net on raw pixels. `python3 training/ddpm_unet_pixel.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.contestant import Contestant, run
from training.common.fit import arguments
from training.common.objectives import Diffusion
from training.common.unet import UNet

CONTESTANT = Contestant(
    id="ddpm-unet-pixel",
    name="DDPM U-Net (pixel)",
    prose="The classic: a U-Net learns to undo a little noise at a time, on the pixels themselves. Cosine schedule, v-prediction (Salimans & Ho 2022) instead of plain noise prediction, which needs longer training; U-Net over 32x32, 16x16 and 8x8 with widths 48, 96, 160, self- and cross-attention at 8x8, and a two-block word-level text encoder that starts from the latent model's and is trained along.",
    stack={
        "paradigm": "Diffusion (DDPM)",
        "architecture": "U-Net",
        "representation": "Pixels",
        "textConditioning": "Cross-attention, trained along",
    },
    # Older than the U-Net the other recipes share (objectives.DataPredictor), and slower.
    model=UNet(channels=3, stem=2, widths=(48, 96, 160), blocks=(1, 2, 2), attend=(False, False, True)).to(memory_format=torch.channels_last),
    objective=Diffusion("v"),
    # The words mean the same in every model; an hour is better spent on drawing.
    start=("flow-dit-latent", ("text.",)),
    history="from step 620 on with one thread, beside another training.",
    sampler={"default": "ddim", "steps": 20, "guidanceScale": 3},
)

if __name__ == "__main__":
    run(CONTESTANT, arguments(minutes=68, batch=16, lr=1e-3, seed=2))
