"""Figures of a contestant: the grader's verdict on 500 unseen prompts, and FD-toybox, with the contestant's own sampler."""

import numpy as np
import torch

from training.common.fit import CHECKPOINTS, DEVICE
from training.common.world import WORLD, Split, to_tensor

@torch.no_grad()
def grade(pictures: np.ndarray, prompts: list) -> dict:
    """Per prompt, whether every claim of the caption is read from the picture: arrays of bool [N] by aspect."""
    from training.toybox_grader import Grader, read_relation

    grader = Grader()
    grader.load_state_dict(torch.load(CHECKPOINTS / "toybox-grader.pt", map_location="cpu")["ema"])
    counts, colours, positions, background = grader.eval()(to_tensor(pictures))
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

def measure(contestant, model, count) -> dict:
    """Draws prompts 100 .. 100 + count of toybox-v1 and returns the card's figures."""
    from training.common.contestant import draw, evaluation_prompts
    from training.toybox_encoder import Encoder, embed, frechet

    prompts, tokens = evaluation_prompts()
    prompts = prompts[100 : 100 + count]
    pictures = draw(contestant, model, tokens[100 : 100 + count])
    verdict = grade(pictures, prompts)
    figures = {f"{key}Correct": round(float(value.mean()), 3) for key, value in verdict.items()}
    for category in dict.fromkeys(prompt["category"] for prompt in prompts):
        kept = np.array([prompt["category"] == category for prompt in prompts])
        figures[f"allCorrect, {category}"] = round(float(verdict["all"][kept].mean()), 3)
    if not (CHECKPOINTS / "toybox-encoder.final.pt").exists():
        return figures
    encoder = Encoder()
    encoder.load_state_dict(torch.load(CHECKPOINTS / "toybox-encoder.final.pt", map_location="cpu"))
    encoder.to(DEVICE).eval()
    reference = embed(encoder, Split("grader-validation").pixels(slice(0, 3000)))
    figures["fdToybox"] = round(frechet(embed(encoder, to_tensor(pictures)), reference), 3)
    figures["howMeasured"] = (
        f"prompts 100 to {99 + count} of toybox-v1, read by the Toybox grader; FD-toybox of the same {count} pictures against 3,000 unseen "
        f"renders; {contestant.sampler['steps']} {contestant.sampler['default']} steps, guidance {contestant.sampler['guidanceScale']}; PyTorch, bf16"
    )
    return figures
