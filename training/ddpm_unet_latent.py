"""Denoising diffusion with a U-Net on latents. `python3 training/ddpm_unet_latent.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.recipe import Recipe, run
from training.common.fit import arguments
from training.common.latents import LATENT_CHANNELS
from training.common.objectives import DataPredictor, Diffusion
from training.common.unet import UNet


OBJECTIVE = Diffusion("eps", clip=False)
RECIPE = Recipe(
    id="ddpm-unet-latent",
    name="DDPM U-Net (latent)",
    prose="The kind that brought text-to-image to everyone (latent diffusion, Stable Diffusion 1): noise prediction with a U-Net in an autoencoder's latents. Cosine schedule, uniform timesteps; a U-Net over 16x16 and 8x8 places with widths 96 and 144, self- and cross-attention at 8x8. It names the clean latent, from which the noise follows; errors count by the signal-to-noise ratio, limited to 1 to 5. Its two-block word-level text encoder starts from flow-dit-latent's and is trained along.",
    stack={
        "paradigm": "Diffusion (DDPM)",
        "architecture": "U-Net",
        "representation": "VAE latents",
        "textConditioning": "Cross-attention, trained along",
    },
    model=DataPredictor(UNet(channels=LATENT_CHANNELS, stem=1), OBJECTIVE).to(memory_format=torch.channels_last),
    objective=OBJECTIVE,
    latent=True,
    # The words mean the same in every model; an hour is better spent on drawing.
    start=("flow-dit-latent", ("text.",), "net."),
    sampler={"default": "ddim", "steps": 20, "guidanceScale": 3},
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=40, batch=32, lr=1.5e-3, seed=7))
