"""Flow matching with a U-Net on raw pixels. `python3 training/flow_unet_pixel.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.recipe import Recipe, run
from training.common.fit import arguments
from training.common.objectives import DataPredictor, Flow
from training.common.unet import UNet

OBJECTIVE = Flow(mean=-0.6)
RECIPE = Recipe(
    id="flow-unet-pixel",
    name="Flow U-Net (pixel)",
    prose="Conditional flow matching on the architecture that came before transformers: a U-Net over 16x16 and 8x8 places with widths 96 and 144 (4x4 pixels are folded into channels first), self- and cross-attention at 8x8. It names the clean image and the velocity follows from it. Logit-normal timesteps (mean -0.6, the noisy side); a two-block word-level text encoder trained along. Its inner layers and text encoder start from ddpm-unet-latent's.",
    stack={
        "paradigm": "Flow matching",
        "architecture": "U-Net",
        "representation": "Pixels",
        "textConditioning": "Cross-attention, trained along",
    },
    model=DataPredictor(UNet(channels=3), OBJECTIVE).to(memory_format=torch.channels_last),
    objective=OBJECTIVE,
    # Both see the image as 16x16 places of 4x4 pixels, so the latent model's inner layers know the layout of a scene already.
    start=("ddpm-unet-latent", ("net.text.", "net.time.", "net.down.", "net.middle.", "net.up.")),
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=15, batch=32, lr=1.5e-3, seed=6))
