"""What an ablation cost or brought: two siblings with the same number of steps, over the same prompts and the same noise.

`python3 training/compare_siblings.py flow-dit-latent-uniform flow-dit-latent.step10780` compares the first's last checkpoint with the
second's and writes the answer into the first's card; `video-dit-causal video-dit-latent.step1500` does so for models of clips.
"""

import importlib
import json
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common import measure, recipe as images
from training.common.export import ROOT, write_card
from training.common.fit import CHECKPOINTS

COUNT, CLIP_COUNT = 500, 200


def read(name: str):
    """(recipe, steps trained) with the average weights of checkpoints/<name>.pt; what follows a dot is no part of the recipe."""
    recipe = importlib.import_module("training." + name.split(".")[0].replace("-", "_")).RECIPE
    state = torch.load(CHECKPOINTS / f"{name}.pt", map_location="cpu")
    # Rounded as exported.
    recipe.model.load_state_dict({key: value.half().float() for key, value in state["ema"].items()})
    recipe.model.eval()
    return recipe, state["step"]


def is_of_clips(recipe) -> bool:
    return recipe.id.startswith("video-")


def evaluation_prompts(recipe):
    """(prompts, token ids) that models of its kind are measured by."""
    if not is_of_clips(recipe):
        return images.evaluation_prompts()
    from training.common import video_recipe as clips

    return clips.evaluation_prompts()


def right_prompts(recipe, own, prompts, tokens):
    """bool [N]: of which prompts what `recipe`'s weights draw by `own`'s sampler is entirely right."""
    if not is_of_clips(recipe):
        return measure.grade(images.draw(own, recipe.model, tokens), prompts)["all"]
    from training.common import video_recipe as clips

    return clips.grade(clips.draw(own, recipe.model, tokens), prompts)["all"]


def paired(first, second) -> tuple:
    """Difference of two shares over the same prompts with its 95% interval (Wald, from the pairs that differ), and McNemar's exact p."""
    count, up, down = len(first), int((first & ~second).sum()), int((second & ~first).sum())
    difference = (up - down) / count
    error = math.sqrt(max(up + down - (up - down) ** 2 / count, 0)) / count
    differing = up + down
    tail = sum(math.comb(differing, k) for k in range(min(up, down) + 1)) / 2**differing if differing else 1.0
    return difference, difference - 1.96 * error, difference + 1.96 * error, min(1.0, 2 * tail)


def compare(name: str, sibling: str):
    # Both by the first one's sampler: the weights alone may differ.
    own, _ = read(name)
    prompts, tokens = evaluation_prompts(own)
    count = CLIP_COUNT if is_of_clips(own) else COUNT
    prompts, tokens = prompts[100 : 100 + count], tokens[100 : 100 + count]
    right, steps = [], []
    for checkpoint in (name, sibling):
        recipe, step = read(checkpoint)
        right.append(right_prompts(recipe, own, prompts, tokens))
        steps.append(step)
    if steps[0] != steps[1]:
        raise SystemExit(f"{name} has {steps[0]} steps and {sibling} {steps[1]}: siblings of an ablation need the same.")
    difference, low, high, p = paired(*right)
    answer = (
        f"{100 * right[0].mean():.1f}% of {count} prompts entirely right, against {100 * right[1].mean():.1f}% of {sibling.split('.')[0]} at the same "
        f"{steps[0]:,} steps, same prompts and noise: {100 * difference:+.1f} points (95%: {100 * low:+.1f} to {100 * high:+.1f}; McNemar p {p:.2g})"
    )
    print(answer)
    folder = ROOT / "generation/models" / name
    card = json.loads((folder / "card.json").read_text())
    recipe, _ = read(name)
    card["figures"]["againstSibling"] = answer
    if not is_of_clips(recipe):
        card["training"]["history"] = recipe.history
    write_card(folder, card, recipe.prose)


if __name__ == "__main__":
    compare(*sys.argv[1:])
