"""Post-training by reinforcement on the forward process: DiffusionNFT (Zheng et al. 2025, arXiv 2509.16117).

A flow draws several images of each caption, a judge says how right each is, and the flow is trained on its own images with
the loss of its pre-training, towards those better than their caption's mean and away from those worse.
"""

import json
from dataclasses import dataclass

import numpy as np
import torch

from training.common.recipe import warm_start
from training.common.fit import CHECKPOINTS, DEVICE, Fit
from training.common.latents import latent_decoder, training_latents
from training.common.objectives import column, guided
from training.common.world import DATA, WORLD, Split, augment_captions, to_bytes, to_tensor


@dataclass
class Drill:
    """How a flow is post-trained: `captions` x `tries` images at a time, drawn without guidance in `steps` steps and gone over `passes` times."""

    captions: int = 64
    tries: int = 8
    steps: int = 12
    passes: int = 3
    replay: float = 0.25  # share of every batch that are real images with the plain loss, which hold the flow to the world's looks
    mix: tuple = (("three objects", 0.5), ("colour", 0.25), ("relation", 0.15), ("counting", 0.05), ("single object", 0.05))


class Captions:
    """What it is post-trained on: captions of training scenes and what each of them claims."""

    def __init__(self, mix):
        prompts = json.loads((DATA / "post-training-prompts.json").read_text())
        self.tokens = torch.tensor([prompt["tokens"] for prompt in prompts])
        self.claims = claims([prompt["truth"] for prompt in prompts])
        categories = np.array([prompt["category"] for prompt in prompts])
        weights = sum(share * (categories == category) / (categories == category).sum() for category, share in mix)
        self.weights, self.missed = weights, np.full(len(prompts), 0.15)

    def draw(self, count, generator):
        """Captions of the mix, more often those whose last images missed something: from the others nothing is left to learn."""
        weights = self.weights * (0.05 + self.missed)
        return generator.choice(len(self.tokens), count, replace=False, p=weights / weights.sum())


def claims(truths: list) -> dict:
    """What captions claim, as arrays: counts [N,K]; colours [N,K], backgrounds [N], relations [N] and what they relate [N,2], -1 where they say nothing."""
    kinds, count = WORLD["kinds"], len(truths)
    of = {"counts": np.zeros((count, len(kinds)), int), "colours": np.full((count, len(kinds)), -1)}
    of |= {"backgrounds": np.full(count, -1), "relations": np.full(count, -1), "related": np.zeros((count, 2), int)}
    for row, truth in enumerate(truths):
        for thing in truth["objects"]:
            kind = kinds.index(thing["kind"])
            of["counts"][row, kind] = thing["count"]
            if thing["colour"]:
                of["colours"][row, kind] = WORLD["colours"].index(thing["colour"])
        if truth["background"]:
            of["backgrounds"][row] = WORLD["backgrounds"].index(truth["background"])
        if truth["relation"]:
            of["relations"][row] = WORLD["relations"].index(truth["relation"])
            of["related"][row] = [kinds.index(thing["kind"]) for thing in truth["objects"][:2]]
    return {key: torch.from_numpy(value) for key, value in of.items()}


@torch.no_grad()
def reward(judge, images: torch.Tensor, wanted: dict) -> torch.Tensor:
    """[N] in [0,1]: the probability the judge gives to all that the captions claim of the images [N,3,64,64]."""
    from training.toybox_grader import read_relation

    with torch.autocast(DEVICE.type, enabled=False):
        counts, colours, positions, background = (value.cpu() for value in judge(images.to(DEVICE)))
    said = lambda logits, truth: torch.where(truth >= 0, torch.log_softmax(logits, -1).gather(-1, truth.clamp(min=0)[..., None])[..., 0], 0.0)
    sure = said(counts, wanted["counts"]).sum(1) + said(colours, wanted["colours"]).sum(1) + said(background, wanted["backgrounds"])
    every = torch.arange(len(sure))
    relation = read_relation(positions[every, wanted["related"][:, 0]], positions[every, wanted["related"][:, 1]])
    return sure.exp() * ((wanted["relations"] < 0) | (relation == wanted["relations"]))


def preference(rewards: torch.Tensor) -> torch.Tensor:
    """Rewards [captions, tries] -> how much each image is preferred, in [0,1]: 0.5 where it is as good as its caption's others."""
    better = rewards - rewards.mean(1, keepdim=True)
    return 0.5 + 0.5 * (better / rewards.std().clamp(min=0.05)).clamp(-1, 1)


def post_train(recipe, args, drill=Drill()) -> Fit:
    """Trains (or resumes) `recipe` from another's weights on its own images, as the judge prefers them."""
    fit = Fit(recipe.id, recipe.model, args, ema=0.97)
    if args.export_only or args.untrained:
        return fit
    if fit.step == 0:
        warm_start(fit, *recipe.start)
    judge, captions, split, objective = load_judge(), Captions(drill.mix), Split("train"), recipe.objective
    latents, decode, crowded = training_latents(split), latent_decoder(), split.crowded()
    waiting = []  # batches of (images, tokens, preferences) that were drawn and not learnt from yet

    @torch.no_grad()
    def collect(generator, rows):
        """Draws with the average weights and cuts what is worth learning from into batches; returns the mean reward."""
        asked = captions.draw(drill.captions, generator)
        chosen = asked.repeat(drill.tries)
        tokens, drawn, rewards = captions.tokens[chosen], [], []
        for at in range(0, len(chosen), 128):
            part, some = chosen[at : at + 128], tokens[at : at + 128].to(DEVICE)
            noise = torch.randn(len(part), *recipe.shape).to(DEVICE)
            end = objective.sample(guided(fit.ema, some, 1), noise, drill.steps, seed=int(generator.integers(2**31)))
            image = to_tensor(to_bytes(decode(end)))
            drawn.append(end.cpu())
            rewards.append(reward(judge, image, {key: value[part] for key, value in captions.claims.items()}))
        drawn, rewards = torch.cat(drawn), torch.cat(rewards).reshape(drill.captions, drill.tries)
        captions.missed[asked] = 1 - rewards.mean(1).numpy()
        preferred = preference(rewards).flatten()
        # An image as good as its caption's others teaches nothing.
        telling = np.flatnonzero(((preferred - 0.5).abs() > 0.05).numpy())
        for _ in range(drill.passes):
            generator.shuffle(telling)
            for at in range(0, len(telling) - rows + 1, rows):
                row = telling[at : at + rows]
                waiting.append((drawn[row], tokens[row], preferred[row]))
        print(f"{fit.name}: drawn at step {fit.step}, mean reward {rewards.mean().item():.3f}, {len(telling)} of {len(preferred)} tell", flush=True)
        return rewards.mean().item()

    score = 0.0

    def loss(index, generator):
        nonlocal score
        real = generator.choice(index, round(drill.replay * len(index)), replace=False)
        while not waiting:
            score = collect(generator, len(index) - len(real))
        own, own_tokens, preferred = waiting.pop()
        moved = generator.random(len(real)) < recipe.crowded_share
        real = np.sort(np.where(moved, crowded[real % len(crowded)], real))
        data = torch.cat([own, torch.from_numpy(latents[real]).float()]).to(DEVICE)
        tokens = torch.cat([own_tokens, augment_captions(split.captions(real), generator)]).to(DEVICE)
        t, noise = objective.times(len(data)).to(DEVICE), torch.randn_like(data)
        signal, spread = objective.levels(column(t))
        x, target = signal * data + spread * noise, objective.target(data, noise, column(t))
        answer = recipe.model(x, t, tokens).float()
        error = lambda velocity, rows: (velocity - target[rows]).pow(2).mean((1, 2, 3))
        ours, theirs = slice(0, len(own)), slice(len(own), None)
        with torch.no_grad():
            old = fit.ema(x[ours], t[ours], tokens[ours]).float()
        preferred = preferred.to(DEVICE)
        towards, away = error(answer[ours], ours), error(2 * old - answer[ours], ours)
        learnt = (preferred * towards + (1 - preferred) * away).mean()
        plain = error(answer[theirs], theirs).mean()
        return learnt + plain, {"reward": score, "own": learnt.item(), "real": plain.item()}

    fit.run(len(split), loss)
    return fit


def load_judge():
    """The judge of training/toybox_reward.py: not the grader that the cards are measured with."""
    from training.toybox_grader import Grader

    judge = Grader()
    judge.load_state_dict(torch.load(CHECKPOINTS / "toybox-reward.pt", map_location="cpu")["ema"])
    return judge.to(DEVICE).eval()
