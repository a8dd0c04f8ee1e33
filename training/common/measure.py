"""Figures of a generator: the grader's verdict on 500 unseen prompts, and FD-toybox, with the generator's own sampler."""

import math

import numpy as np
import torch

from training.common.fit import CHECKPOINTS, DEVICE
from training.common.world import WORLD, Split, to_tensor


@torch.no_grad()
def grade(images: np.ndarray, prompts: list) -> dict:
    """Per prompt, whether every claim of the caption is read from the image: arrays of bool [N] by aspect."""
    from training.toybox_grader import Grader, read_relation

    grader = Grader()
    grader.load_state_dict(torch.load(CHECKPOINTS / "toybox-grader.pt", map_location="cpu")["ema"])
    counts, colours, positions, background = grader.eval()(to_tensor(images))
    counts, colours, background = counts.argmax(2).numpy(), colours.argmax(2).numpy(), background.argmax(1).numpy()
    verdict = {key: np.ones(len(prompts), bool) for key in ("objects", "colours", "background", "relation")}
    for row, prompt in enumerate(prompts):
        truth = prompt["truth"]
        wanted = np.zeros(len(WORLD["kinds"]), int)
        kinds = [WORLD["kinds"].index(thing["kind"]) for thing in truth["objects"]]
        for kind, thing in zip(kinds, truth["objects"]):
            wanted[kind] = thing["count"]
            if thing["colour"] and colours[row, kind] != WORLD["colours"].index(thing["colour"]):
                verdict["colours"][row] = False
        verdict["objects"][row] = (counts[row] == wanted).all()
        if truth["background"]:
            verdict["background"][row] = background[row] == WORLD["backgrounds"].index(truth["background"])
        if truth["relation"]:
            relation = read_relation(positions[row, kinds[0]][None], positions[row, kinds[1]][None])
            verdict["relation"][row] = relation.item() == WORLD["relations"].index(truth["relation"])
    verdict["all"] = np.logical_and.reduce(list(verdict.values()))
    return verdict


def wilson(right: int, count: int, z=1.96) -> list:
    """Wilson's 95% interval of a share."""
    share, spread = right / count, z * z / count
    middle, half = share + spread / 2, z * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return [round((middle - half) / (1 + spread), 3), round((middle + half) / (1 + spread), 3)]


def shares(verdict: dict, prompts: list) -> dict:
    """The card's shares of images that are right in each respect, and entirely right by category."""
    figures = {f"{key}Correct": round(float(value.mean()), 3) for key, value in verdict.items()}
    right = verdict["all"]
    figures["allCorrectInterval"] = wilson(int(right.sum()), len(right))
    categories = np.array([prompt["category"] for prompt in prompts])
    figures["allCorrect, ordinary"] = round(float(right[categories != "held-out"].mean()), 3)
    for category in dict.fromkeys(categories.tolist()):
        figures[f"allCorrect, {category}"] = round(float(right[categories == category].mean()), 3)
    return figures


def sweep(recipe, model, prompts, tokens, name: str, values: tuple) -> list:
    """Share entirely right with its interval at each value of one sampler setting, over the same prompts and noise."""
    from training.common.recipe import draw

    points = []
    for value in values:
        right = grade(draw(recipe, model, tokens, **{name: value}), prompts)["all"]
        points.append({SETTINGS[name]: value, "n": len(right), "allCorrect": round(float(right.mean()), 3), "interval": wilson(int(right.sum()), len(right))})
        print(f"{recipe.id}: {points[-1]}", flush=True)
    return points


SETTINGS = {"steps": "steps", "scale": "guidanceScale"}


def distance(images: np.ndarray) -> float:
    """FD-toybox of images against 3,000 unseen renders."""
    from training.toybox_encoder import Encoder, embed, frechet

    encoder = Encoder()
    encoder.load_state_dict(torch.load(CHECKPOINTS / "toybox-encoder.final.pt", map_location="cpu"))
    encoder.to(DEVICE).eval()
    reference = embed(encoder, Split("grader-validation").pixels(slice(0, 3000)))
    return round(frechet(embed(encoder, to_tensor(images)), reference), 3)


def measure(recipe, model, count) -> dict:
    """Draws prompts 100 .. 100 + count of toybox-v1 and returns the card's figures, with the generator's sweeps over fewer."""
    from training.common.recipe import draw, evaluation_prompts

    prompts, tokens = evaluation_prompts()
    prompts, tokens = prompts[100 : 100 + count], tokens[100 : 100 + count]
    images = draw(recipe, model, tokens)
    figures = shares(grade(images, prompts), prompts)
    if (CHECKPOINTS / "toybox-encoder.final.pt").exists():
        figures["fdToybox"] = distance(images)
    sampler, swept, curves = recipe.sampler, min(count, SWEPT), ""
    for key, name, values in (("stepsCurve", "steps", recipe.steps_sweep), ("guidanceCurve", "scale", recipe.guidance_sweep)):
        if values:
            figures[key] = sweep(recipe, model, prompts[:swept], tokens[:swept], name, values)
            curves = f"; curves: the first {swept} of these prompts, intervals Wilson's at 95%"
    figures["howMeasured"] = (
        f"prompts 100 to {99 + count} of toybox-v1, read by the Toybox grader; FD-toybox of the same {count} images against 3,000 unseen "
        f"renders; {sampler['steps']} {sampler['default']} steps, guidance {sampler['guidanceScale']}; PyTorch, bf16{curves}"
    )
    return figures


SWEPT = 120
