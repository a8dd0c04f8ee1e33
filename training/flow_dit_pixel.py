"""Rectified flow with a diffusion transformer on raw pixels, large patches. `python3 training/flow_dit_pixel.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.common.recipe import Recipe, run
from training.common.dit import DiT
from training.common.fit import arguments
from training.common.objectives import Flow

RECIPE = Recipe(
    id="flow-dit-pixel",
    name="Flow DiT (pixel)",
    prose="A diffusion transformer straight on pixels: no autoencoder, 8x8 patches, the network names the clean image and the velocity follows from it. Rectified flow with logit-normal timesteps (mean -0.6, the noisy side); DiT with adaLN-zero, width 192, 6 blocks, and a two-block word-level text encoder trained along. Its blocks and text encoder start from the latent model's.",
    stack={
        "paradigm": "Flow matching",
        "architecture": "DiT",
        "representation": "Pixels, large patches",
        "textConditioning": "Cross-attention, trained along",
    },
    model=DiT(channels=3, side=64, patch=8, predict_data=True),
    objective=Flow(mean=-0.6),
    # Both see the image as 8x8 tokens of 8x8 pixels, so the latent model's blocks know the layout of a scene already.
    start=("flow-dit-latent", ("text.", "time.", "blocks.", "places")),
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=10, batch=32, lr=1.5e-3, seed=1))
