"""Draws a generator's images of many captions, for scripts/measure-distance.ts: `python3 training/draw_many.py NAME [COUNT = 5000]`.

One image for each caption of distance-prompts.json (training/export/prompts.ts), with the generator's own sampler from its
checkpoint's average weights, into training/data/NAME.pictures.bin, uint8 [COUNT,64,64,3]. In bf16 and large batches two cores are done in
a third of the time that they need to serve as many.
"""

import importlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import onnx
import torch

from training.common.recipe import draw, example_inputs
from training.common.export import ROOT
from training.common.fit import CHECKPOINTS, DEVICE
from training.common.low_rank import merge_published, read_safetensors
from training.common.text_encoder import make_room
from training.common.world import DATA
from training.restore_checkpoints import read_card, restore


def served(name: str):
    """The generator and its average weights; an adapter's are its base's, changed as published."""
    module = importlib.import_module("training." + name.replace("-", "_"))
    if hasattr(module, "RECIPE"):
        recipe = module.RECIPE
        recipe.model.load_state_dict(torch.load(CHECKPOINTS / f"{name}.pt", map_location="cpu")["ema"])
        return recipe, recipe.model
    base, folder = module.BASE, ROOT / "generation/models"
    adapter = read_card(folder / name)["adapter"]
    tensors = read_safetensors((folder / name / "adapter.safetensors").read_bytes())
    file = CHECKPOINTS / f"{name}.onnx"
    onnx.save(merge_published(onnx.load(str(folder / base.id / "denoiser.onnx")), tensors, adapter["scale"]), str(file))
    make_room(base.model.text)
    base.model.load_state_dict(restore(base.model, example_inputs(base), file), strict=False)
    file.unlink()
    return base, base.model


def main(name: str, count: str = "5000"):
    recipe, model = served(name)
    tokens = torch.tensor(json.loads((DATA / "distance-prompts.json").read_text()))[: int(count)]
    draw(recipe, model.eval().to(DEVICE), tokens).tofile(DATA / f"{name}.pictures.bin")


if __name__ == "__main__":
    main(*sys.argv[1:])
