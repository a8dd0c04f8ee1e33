"""Denoising score matching with a U-Net on raw pixels, variance exploding. `python3 training/score_unet_pixel.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.recipe import Recipe, run
from training.common.fit import arguments
from training.common.objectives import DataPredictor, Score
from training.common.unet import UNet


OBJECTIVE = Score()
RECIPE = Recipe(
    id="score-unet-pixel",
    name="Score U-Net (pixel)",
    prose="Score matching: noise is added without shrinking the image, up to fifty times its own spread, and a U-Net learns at every level which way leads back to images. Sampled by the probability flow, by a predictor and a corrector, or by annealed Langevin steps. Noise levels are log-normal around 1; the error counts by the signal-to-noise ratio, limited to 1 to 5. The network is that of flow-unet-pixel, from whose weights it goes on with its own noise.",
    stack={
        "paradigm": "Score matching (VE)",
        "architecture": "U-Net",
        "representation": "Pixels",
        "textConditioning": "Cross-attention, trained along",
    },
    model=DataPredictor(UNet(channels=3), OBJECTIVE).to(memory_format=torch.channels_last),
    objective=OBJECTIVE,
    start=("flow-unet-pixel", ("",)),
    sampler={"default": "heun", "steps": 18, "guidanceScale": 3},
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=8, batch=32, lr=1e-3, seed=5))
