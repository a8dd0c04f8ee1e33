"""Rectified flow with a space-time transformer on clips' latents, each looking at its past alone. `python3 training/video_dit_causal.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.common.fit import arguments
from training.common.video_dit import VideoDiT
from training.common.video_recipe import VideoRecipe, publish, train

RECIPE = VideoRecipe(
    id="video-dit-causal",
    name="Video DiT (causal)",
    prose="The same as Video DiT in everything but one: a token looks at its own latent frame and at earlier ones, never at a later one. With the past done, the next frames could be drawn while it is shown; what the mask costs is measured by the two, trained on the same clips for as many steps.",
    stack={
        "paradigm": "Flow matching",
        "architecture": "DiT, space-time patches, causal",
        "representation": "VAE latents",
        "textConditioning": "Cross-attention, trained along",
    },
    model=VideoDiT(causal=True),
    starts_from="video-dit-latent after 2,754 steps (all of it)",
    history="steps 1-2,754 are video-dit-latent's, whose frames look at later ones; from then on they do not, and both learn from the same clips and noise.",
)

if __name__ == "__main__":
    options = arguments(minutes=90, batch=16, lr=5e-4)
    publish(RECIPE, train(RECIPE, options), options)
