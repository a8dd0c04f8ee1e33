"""The timestep ablation: flow-dit-latent with uniform instead of logit-normal timesteps. `python3 training/flow_dit_latent_uniform.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.common.recipe import Recipe, run
from training.common.dit import DiT
from training.common.fit import arguments
from training.common.latents import LATENT_CHANNELS
from training.common.objectives import Flow

RECIPE = Recipe(
    id="flow-dit-latent-uniform",
    name="Flow DiT (latent, uniform t)",
    prose="An ablation: flow-dit-latent with one thing changed from step 9,565 on, timesteps drawn uniformly instead of logit-normally on the noisy side. Its sibling for a fair comparison is flow-dit-latent at the same 10,780 steps, not the longer trained one that is served.",
    stack={
        "paradigm": "Flow matching",
        "architecture": "DiT",
        "representation": "VAE latents",
        "textConditioning": "Cross-attention, trained along",
    },
    model=DiT(channels=LATENT_CHANNELS, side=16, patch=2),
    objective=Flow(uniform=True),
    latent=True,
    start=("flow-dit-latent", ("",)),
    history="steps 1-9,565 are flow-dit-latent's own, so 1,215 steps tell the two apart; neither learning rate had fallen.",
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=160, batch=64, lr=1.5e-3))
