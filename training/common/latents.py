"""The trained autoencoder, as the latent recipes use it."""

import numpy as np
import torch

from training.common.fit import CHECKPOINTS, DEVICE, autocast


LATENT_CHANNELS = 4


def _autoencoder():
    from training.toybox_autoencoder import Autoencoder

    model = Autoencoder()
    model.load_state_dict(torch.load(CHECKPOINTS / "toybox-autoencoder.final.pt", map_location="cpu"))
    return model.to(DEVICE).to(memory_format=torch.channels_last).eval().requires_grad_(False)


def latent_decoder():
    return _autoencoder().decode


@torch.no_grad()
def encode_images(images: torch.Tensor) -> torch.Tensor:
    """Latents [N,4,16,16] of images [N,3,64,64] in [-1,1]."""
    return _autoencoder().encode(images.to(DEVICE)).float().cpu()


@torch.no_grad()
def training_latents(split) -> np.ndarray:
    """float16 [N,4,16,16], encoded once and kept beside the checkpoints."""
    path = CHECKPOINTS / "latents.npy"
    if path.exists():
        return np.load(path)
    model, parts = _autoencoder(), []
    for at in range(0, len(split), 250):
        with autocast():
            parts.append(model.encode(split.pixels(slice(at, at + 250)).to(DEVICE)).half().cpu().numpy())
    latents = np.concatenate(parts)
    np.save(path, latents)
    return latents
