"""Denoising score matching with a U-Net on raw pixels, variance exploding. `python3 training/score_unet_pixel.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import math

import torch
import torch.nn as nn

from training.common.contestant import Contestant, run
from training.common.fit import arguments
from training.common.objectives import Score, column
from training.common.unet import UNet


class Preconditioned(nn.Module):
    """A U-Net that sees its input at unit variance and its noise level as the time of a cosine schedule with the same ratio of
    signal to noise (Karras et al. 2022): so it is asked what a variance-preserving network is asked, v, which it may start from."""

    def __init__(self):
        super().__init__()
        self.net = UNet(channels=3)

    def forward(self, x, t, tokens):
        sigma = column(Score.sigma(t))
        signal = (1 + sigma * sigma).rsqrt()
        share = signal.flatten() * math.cos(0.008 / 1.008 * math.pi / 2)
        time = 1.008 * torch.acos(share) * 2 / math.pi - 0.008
        v = self.net(x * signal, time.clamp(0, 1), tokens)
        return signal * v + sigma * signal * (x * signal)


CONTESTANT = Contestant(
    id="score-unet-pixel",
    name="Score U-Net (pixel)",
    prose="Score matching: noise is added without shrinking the picture, up to fifty times its own spread, and a U-Net learns at every level which way leads back to pictures. Sampled by the probability flow, by a predictor and a corrector, or by annealed Langevin steps. The U-Net is that of the DDPM model, whose weights it starts from; times are uniform in the logarithm of the noise level.",
    stack={
        "paradigm": "Score matching (VE)",
        "architecture": "U-Net",
        "representation": "Pixels",
        "textConditioning": "Cross-attention, trained along",
    },
    model=Preconditioned().to(memory_format=torch.channels_last),
    objective=Score(),
    start=("ddpm-unet-pixel", ("",), "net."),
    sampler={"default": "heun", "steps": 18, "guidanceScale": 3},
)

if __name__ == "__main__":
    run(CONTESTANT, arguments(minutes=40, batch=16, lr=1e-3, seed=5))
