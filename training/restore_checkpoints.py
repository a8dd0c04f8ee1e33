"""Recreates training/checkpoints from the committed ONNX files, so that training goes on from the weights Salon ships.

`python3 training/restore_checkpoints.py` writes a checkpoint for every published network that has none: those of images under
PyTorch 1.13, those of clips under 2.1 or newer, since each exporter names what it writes in its own way. The optimizer's state
is not published: it starts afresh, and so the first few hundred steps win back what they disturb.
"""

import copy
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training import (
    ddpm_unet_latent, ddpm_unet_pixel, flow_dit_latent, flow_dit_latent_rl, flow_dit_latent_turbo, flow_dit_latent_uniform, flow_dit_pixel, flow_unet_pixel,
    score_unet_pixel,
)
from training.common.recipe import example_inputs
from training.common.export import ROOT, to_onnx, wave
from training.common.fit import CHECKPOINTS
from training.toybox_autoencoder import LATENT_CHANNELS, Autoencoder, Part
from training.toybox_encoder import Encoder
from training.toybox_grader import Grader

MODELS, ENCODERS = ROOT / "generation/models", ROOT / "lib/encoders/weights"


def initializers(path: Path) -> dict:
    """name -> float32 array of every initializer, the `_fp16` ones under the name they are cast to."""
    graph = onnx.load(str(path)).graph
    return {i.name.removesuffix("_fp16"): numpy_helper.to_array(i) for i in graph.initializer}


def restore(module, inputs: dict, path: Path) -> dict:
    """The state dict of `module` as published in `path`.

    The exporter renames and transposes matrices, so a probe with random weights is exported the same way: where each of its
    parameters turns up, the published file has that parameter's value. Names without a value there are left out.
    """
    probe = copy.deepcopy(module).eval()
    state = {key: value for key, value in probe.state_dict().items() if value.dtype.is_floating_point and value.numel() > 1}
    generator = torch.Generator().manual_seed(0)
    for value in state.values():
        value.copy_(torch.rand(value.shape, generator=generator) + 0.5)
    file = CHECKPOINTS / "probe.onnx"
    to_onnx(probe, inputs, ["output"], file)
    exported, published = initializers(file), initializers(path)
    file.unlink()
    found = {}
    for key, value in state.items():
        own = value.numpy()
        for name, other in exported.items():
            if other.size != own.size or name not in published:
                continue
            turned = other.T if other.ndim == 2 and not np.array_equal(other.ravel(), own.ravel()) else other
            if np.array_equal(turned.ravel(), own.ravel()):
                answer = published[name].T if turned is not other else published[name]
                # A table published with spare rows (text_encoder.make_room) gives its trained ones.
                answer = np.ascontiguousarray(answer, np.float32)[: len(value)]
                found[key] = torch.from_numpy(answer).reshape(value.shape)
                break
    return found


def save(name: str, module, weights: dict, card: dict):
    """A checkpoint as common/fit.py reads it."""
    module.load_state_dict(weights, strict=False)
    state, optimizer = module.state_dict(), torch.optim.AdamW(module.parameters()).state_dict()
    training = card["training"]
    torch.save(
        {"model": state, "ema": state, "optimizer": optimizer, "muon": None, "step": training["steps"], "seconds": 60 * training["minutes"]},
        CHECKPOINTS / f"{name}.pt",
    )
    print(f"{name}: {len(weights)} tensors, step {training['steps']}", flush=True)


def read_card(folder: Path) -> dict:
    return json.loads((folder / "card.json").read_text())


def missing(file: str, folder: Path) -> bool:
    return folder.exists() and not (CHECKPOINTS / file).exists()


def restore_clips():
    """The networks of Toybox in motion. Imported here: they read arrays that images do not need."""
    from training import toybox_video_autoencoder, toybox_video_encoder, toybox_video_grader, video_dit_causal, video_dit_latent, video_dit_turbo
    from training.common.clips import FRAMES
    from training.common.video_recipe import SHAPE, example_inputs as denoiser_inputs, first_frame_inputs, untrained_first_frame_model

    clip = {"clip": wave(1, FRAMES, 3, 64, 64, amplitude=0.9)}
    folder = MODELS / "toybox-video-autoencoder"
    if missing("toybox-video-autoencoder.final.pt", folder):
        autoencoder, latent = toybox_video_autoencoder.VideoAutoencoder(), {"latent": wave(1, *SHAPE)}
        for direction, inputs, file in (("encode", clip, "encoder.onnx"), ("decode", latent, "decoder.onnx")):
            weights = restore(toybox_video_autoencoder.Part(autoencoder, direction), inputs, folder / file)
            autoencoder.load_state_dict({key.removeprefix("autoencoder."): value for key, value in weights.items()}, strict=False)
            print(f"toybox-video-autoencoder: {len(weights)} tensors to {direction}", flush=True)
        torch.save(autoencoder.state_dict(), CHECKPOINTS / "toybox-video-autoencoder.final.pt")
    folder = ENCODERS / "toybox-video-grader"
    if missing("toybox-video-grader.pt", folder):
        grader = toybox_video_grader.ClipGrader()
        save("toybox-video-grader", grader, restore(grader, clip, folder / "grader.onnx"), read_card(folder))
    folder = ENCODERS / "toybox-video-encoder"
    if missing("toybox-video-encoder.final.pt", folder):
        encoder = toybox_video_encoder.Encoder()
        encoder.load_state_dict(restore(encoder, clip, folder / "toybox-video-encoder.onnx"), strict=False)
        torch.save(encoder.state_dict(), CHECKPOINTS / "toybox-video-encoder.final.pt")
        print("toybox-video-encoder: final weights", flush=True)
    folder = MODELS / "toybox-first-frame"
    if missing("toybox-first-frame.pt", folder):
        model = untrained_first_frame_model()
        save("toybox-first-frame", model, restore(model, first_frame_inputs(), folder / "denoiser.onnx"), read_card(folder))
    for recipe in (video_dit_latent.RECIPE, video_dit_causal.RECIPE, video_dit_turbo.RECIPE):
        folder = MODELS / recipe.id
        if missing(f"{recipe.id}.pt", folder):
            save(recipe.id, recipe.model, restore(recipe.model, denoiser_inputs(), folder / "denoiser.onnx"), read_card(folder))


def restore_images():
    recipes = (
        flow_dit_latent, flow_dit_pixel, flow_unet_pixel, ddpm_unet_pixel, score_unet_pixel, ddpm_unet_latent, flow_dit_latent_turbo, flow_dit_latent_uniform,
        flow_dit_latent_rl,
    )
    for recipe in (module.RECIPE for module in recipes):
        folder = MODELS / recipe.id
        if missing(f"{recipe.id}.pt", folder):
            model = recipe.model
            save(recipe.id, model, restore(model, example_inputs(recipe), folder / "denoiser.onnx"), read_card(folder))
    image = {"image": wave(1, 3, 64, 64, amplitude=0.9)}
    if missing("toybox-autoencoder.final.pt", MODELS / "toybox-autoencoder"):
        autoencoder, folder = Autoencoder(), MODELS / "toybox-autoencoder"
        latent = {"latent": wave(1, LATENT_CHANNELS, 16, 16)}
        for direction, inputs, file in (("encode", image, "encoder.onnx"), ("decode", latent, "decoder.onnx")):
            weights = restore(Part(autoencoder, direction), inputs, folder / file)
            autoencoder.load_state_dict({key.removeprefix("autoencoder."): value for key, value in weights.items()}, strict=False)
        torch.save(autoencoder.state_dict(), CHECKPOINTS / "toybox-autoencoder.final.pt")
        print("toybox-autoencoder: final weights", flush=True)
    folder = ENCODERS / "toybox-grader"
    if missing("toybox-grader.pt", folder):
        grader = Grader()
        save("toybox-grader", grader, restore(grader, image, folder / "grader.onnx"), read_card(folder))
    folder = ENCODERS / "toybox-encoder"
    if missing("toybox-encoder.final.pt", folder):
        encoder = Encoder()
        encoder.load_state_dict(restore(encoder, image, folder / "toybox-encoder.onnx"), strict=False)
        torch.save(encoder.state_dict(), CHECKPOINTS / "toybox-encoder.final.pt")
        print("toybox-encoder: final weights", flush=True)


if __name__ == "__main__":
    CHECKPOINTS.mkdir(parents=True, exist_ok=True)
    restore_images() if torch.__version__.startswith("1.") else restore_clips()
