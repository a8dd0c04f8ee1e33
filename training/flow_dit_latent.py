"""Rectified flow with a diffusion transformer on latents. `python3 training/flow_dit_latent.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.common.recipe import Recipe, run
from training.common.dit import DiT
from training.common.fit import arguments
from training.common.latents import LATENT_CHANNELS
from training.common.objectives import Flow

RECIPE = Recipe(
    id="flow-dit-latent",
    name="Flow DiT (latent)",
    prose="A diffusion transformer that carries noise into images along straight paths, in the autoencoder's 16x16x4 latent space: the recipe of today's large open image models, small. Rectified flow with logit-normal timesteps (mean -0.8: the noisy side, where shapes are decided); DiT with adaLN-zero, patch 2 (64 tokens), width 192, 6 blocks, and a two-block word-level text encoder trained along. Drawn by the LCM sampler, which noises each estimate anew: walking straight, it often begins two things as the same one and never parts them (docs/decisions/0009).",
    stack={
        "paradigm": "Flow matching",
        "architecture": "DiT",
        "representation": "VAE latents",
        "textConditioning": "Cross-attention, trained along",
    },
    model=DiT(channels=LATENT_CHANNELS, side=16, patch=2),
    objective=Flow(mean=-0.8, renoise=True),
    latent=True,
    crowded_share=0.45,
    steps_sweep=(1, 2, 4, 8, 20, 50),
    guidance_sweep=(1, 2, 3, 5, 8),
    adaptable=True,
    sampler={"default": "lcm", "steps": 20, "guidanceScale": 2.5},
    history="steps 1-2,489 used AdamW alone (batch 64, then 32) and timesteps of mean 0; Muon and mean -0.8 came after. Steps 1-5,679 drew latents of 8 channels; then the autoencoder got 4, the embedding and output layers began anew. One thread from step 4,529 on. From step 9,565 on it went on from its own published weights with a fresh optimizer, and stopped before the learning rate had fallen all the way (28% of the peak was left). Scenes with several kinds side by side come more often (62% of each batch instead of 31%) from step 11,801 on, where the rate went back to its peak.",
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=190, batch=64, lr=1.5e-3))
