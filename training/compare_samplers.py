"""How one flow does under several samplers: the table of docs/decisions/0009-lcm-sampler.md.

`python3 training/compare_samplers.py flow-dit-latent` draws the prompts with several kinds of things among toybox-v1's 700 to 1,099, which
no card's figures use, from the last checkpoint's average weights, and has the grader read them.
"""

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.recipe import draw, evaluation_prompts
from training.common.fit import CHECKPOINTS
from training.common.measure import grade, wilson

#: (what is kept of the noise, shift, steps, guidance)
SETTINGS = [
    ("euler", 1, 20, 3),
    ("euler", 3, 20, 3),
    ("ancestral", 1, 20, 3),
    ("ancestral", 2, 20, 3),
    ("ancestral", 1, 40, 3),
    *[("lcm", 1, 20, guidance) for guidance in (1, 1.5, 2, 2.5, 3, 5)],
    ("lcm", 1, 30, 2.5),
]


def kept(sampler: str, now: float, following: float) -> float:
    """The share of the noise at hand that the next level's noise keeps; the rest is drawn anew. Euler keeps all, the LCM sampler
    none, an ancestral step what the exact posterior of the straight path does (Ho et al. 2020, for other levels)."""
    if sampler == "ancestral":
        return now * (1 - following) / (following * (1 - now))
    return 1.0 if sampler == "euler" else 0.0


def walk(sampler: str, shift: float):
    def sample(predict, x, steps):
        generator = torch.Generator().manual_seed(5)
        levels = [1 - step / steps for step in range(steps + 1)]
        times = [1 - shift * level / (1 + (shift - 1) * level) for level in levels]
        for now, following in zip(times, times[1:]):
            velocity = predict(x, torch.full((len(x),), now))
            data, noise = x + (1 - now) * velocity, x - now * velocity
            share = kept(sampler, now, following)
            fresh = torch.randn(x.shape, generator=generator)
            x = following * data + (1 - following) * (share * noise + (1 - share * share) ** 0.5 * fresh)
        return x

    return sample


def main(name: str):
    recipe = importlib.import_module("training." + name.replace("-", "_")).RECIPE
    recipe.model.load_state_dict(torch.load(CHECKPOINTS / f"{name}.pt", map_location="cpu")["ema"])
    recipe.model.eval()
    prompts, tokens = evaluation_prompts()
    rows = [row for row in range(700, 1100) if prompts[row]["category"] in ("three objects", "colour")]
    for sampler, shift, steps, guidance in SETTINGS:
        recipe.objective.sample = walk(sampler, shift)
        right = grade(draw(recipe, recipe.model, tokens[rows], steps=steps, scale=guidance), [prompts[row] for row in rows])["all"]
        low, high = wilson(int(right.sum()), len(right))
        print(f"{sampler:9} shift {shift} steps {steps} guidance {guidance}: {right.mean():.3f} ({low} to {high}) of {len(right)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
