"""What every contestant's recipe shares: train a denoiser, export it, draw sample sheets, measure it, write its card."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import CHECKPOINTS, DEVICE, Fit, autocast
from training.common.latents import LATENT_CHANNELS, latent_decoder, training_latents
from training.common.objectives import column, guided
from training.common.text_encoder import make_room
from training.common.world import DATA, TEXT_LENGTH, VOCABULARY, Split, augment_captions, to_bytes


RELEASED = "2026-11-24"


@dataclass
class Contestant:
    id: str
    name: str
    prose: str
    stack: dict  # paradigm, architecture, representation, textConditioning: the leaderboard's stack facts
    model: torch.nn.Module
    objective: object  # common/objectives.py
    latent: bool = False
    data: str = "Toybox, 90,000 scenes, no held-out combination among them"
    history: str = ""  # where the committed weights came about otherwise than by one run of the recipe
    start: tuple = ()  # (another contestant's id, its names' prefixes, where they sit in this model): parts that begin with its weights
    crowding: float = 0.0  # share of every batch drawn anew among crowded scenes (world.Split.crowded), the ones a model learns last
    couples: object = None  # () -> (noise, data, tokens) of a teacher, to learn from in place of the training split
    steps_sweep: tuple = ()  # steps, and guidance scales, at which quality is measured for the site's plots
    guidance_sweep: tuple = ()
    adaptable: bool = False  # exported with spare rows in the word table, for adapters' own words
    sampler: dict = field(default_factory=lambda: {"default": "euler", "steps": 20, "guidanceScale": 3})

    @property
    def shape(self):
        return [LATENT_CHANNELS, 16, 16] if self.latent else [3, 64, 64]


def train(contestant: Contestant, args) -> Fit:
    """Trains (or resumes) on the training split with 10% of the captions emptied, or on a teacher's couples as they are."""
    fit = Fit(contestant.id, contestant.model, args, ema=0.998, muon=True)
    if args.export_only or args.untrained:
        return fit
    if contestant.start and fit.step == 0:
        warm_start(fit, *contestant.start)
    split, objective = Split("train"), contestant.objective
    latents = training_latents(split) if contestant.latent else None
    couples = contestant.couples() if contestant.couples else None
    crowded = split.crowded()

    def batch(index, generator):
        if couples:
            noise, data, tokens = (torch.from_numpy(part[index]) for part in couples)
            return data.float(), noise.float(), tokens.long()
        if contestant.crowding:
            moved = generator.random(len(index)) < contestant.crowding
            index = np.sort(np.where(moved, crowded[index % len(crowded)], index))
        data = torch.from_numpy(latents[index]).float() if contestant.latent else split.pixels(index)
        return data, torch.randn_like(data), augment_captions(split.captions(index), generator)

    def loss(index, generator):
        data, noise, tokens = batch(index, generator)
        t = objective.times(len(index))
        data, tokens, t, noise = (value.to(DEVICE) for value in (data, tokens, t, noise))
        level = column(t)
        signal, spread = objective.levels(level)
        answer = contestant.model(signal * data + spread * noise, t, tokens).float()
        return (objective.weight(level) * (answer - objective.target(data, noise, level)).pow(2)).mean(), {}

    fit.run(len(couples[0]) if couples else len(split), loss)
    return fit


def warm_start(fit: Fit, source: str, prefixes: tuple, inside: str = ""):
    """Copies the average weights of another contestant wherever name and shape agree."""
    trained = torch.load(CHECKPOINTS / f"{source}.pt", map_location="cpu")["ema"]
    own = fit.model.state_dict()
    chosen = {inside + key: value for key, value in trained.items() if key.startswith(prefixes)}
    same = {key: value for key, value in chosen.items() if key in own and own[key].shape == value.shape}
    for module in (fit.model, fit.ema):
        module.load_state_dict(same, strict=False)
    print(f"{fit.name}: {len(same)} tensors begin as {source}'s", flush=True)


@torch.no_grad()
def draw(contestant: Contestant, model, tokens, seed=0, steps=None, scale=None, batch=100) -> np.ndarray:
    """uint8 [N,64,64,3]: one picture per caption, with the contestant's own sampler."""
    decode = latent_decoder() if contestant.latent else (lambda x: x)
    generator = torch.Generator().manual_seed(seed)
    pictures = []
    for at in range(0, len(tokens), batch):
        part = tokens[at : at + batch].to(DEVICE)
        noise = torch.randn(len(part), *contestant.shape, generator=generator).to(DEVICE)
        with autocast():
            predict = guided(model, part, scale or contestant.sampler["guidanceScale"])
            x = contestant.objective.sample(predict, noise, steps or contestant.sampler["steps"])
            pictures.append(to_bytes(decode(x)))
    return np.concatenate(pictures)


def sheet(pictures: np.ndarray, path: Path, columns=10, scale=2):
    from PIL import Image

    rows = -(-len(pictures) // columns)
    canvas = np.zeros((rows * 66, columns * 66, 3), np.uint8) + 255
    for index, picture in enumerate(pictures):
        y, x = divmod(index, columns)
        canvas[y * 66 : y * 66 + 64, x * 66 : x * 66 + 64] = picture
    image = Image.fromarray(canvas)
    image.resize((canvas.shape[1] * scale, canvas.shape[0] * scale), Image.NEAREST).save(path)


def evaluation_prompts():
    """The prompt set with token ids, as training/export/prompts.ts wrote it."""
    prompts = json.loads((DATA / "prompts.json").read_text())
    return prompts, torch.tensor([prompt["tokens"] for prompt in prompts])


def example_inputs(contestant: Contestant) -> dict:
    """The denoiser's inputs for the exporter and the parity fixture: two pictures, one with a caption."""
    tokens = torch.zeros(2, TEXT_LENGTH, dtype=torch.long)
    tokens[0, :5] = torch.tensor([2, 16, 17, 54, 2])
    return {"x": wave(2, *contestant.shape, amplitude=1.2), "t": torch.tensor([0.25, 0.75]), "tokens": tokens}


def publish(contestant: Contestant, fit: Fit, args):
    """Exports the average weights, measures them with the grader and the encoder where those exist, and writes the card."""
    folder = (args.untrained or ROOT / "generation/models") / contestant.id
    model = fit.ema.float().cpu()
    if contestant.adaptable:
        make_room(model.text)
    # The weights as exported, rounded to fp16, are the ones measured.
    denoiser = export_onnx(model, example_inputs(contestant), ["prediction"], folder / "denoiser.onnx", fixture_path(contestant.id, folder))
    print(f"exported {denoiser}", flush=True)
    figures = {}
    if not args.untrained:
        from training.common.measure import measure

        begun = time.time()
        figures = measure(contestant, model.to(DEVICE), args.graded)
        print(f"measured in {time.time() - begun:.0f} s: {figures}", flush=True)
    facts = {
        **fit.facts(contestant.data),
        **({"history": contestant.history} if contestant.history else {}),
        **({"startsFrom": starting_point(contestant)} if contestant.start else {}),
    }
    card = {**describe(contestant, facts, figures), "files": {"denoiser": denoiser}, "parameters": sum(p.numel() for p in model.parameters())}
    write_card(folder, card, contestant.prose)


def describe(contestant: Contestant, facts: dict, figures: dict) -> dict:
    """The card, but for the weights' file and size."""
    return {
        "id": contestant.id,
        "name": contestant.name,
        "creator": "Salon",
        "family": contestant.objective.family,
        "prediction": contestant.objective.prediction,
        **contestant.stack,
        "imageSize": 64,
        "sampleShape": contestant.shape,
        "decoder": "toybox-autoencoder" if contestant.latent else None,
        "textLength": TEXT_LENGTH,
        "vocabularySize": VOCABULARY,
        "sampler": contestant.sampler,
        "files": {},
        "parameters": 0,
        "training": facts,
        "figures": figures,
        "license": "Apache-2.0",
        "released": RELEASED,
    }


def starting_point(contestant: Contestant) -> str:
    source, prefixes, *_ = contestant.start
    return f"{source} ({', '.join(prefixes) if prefixes != ('',) else 'all of it'})"


def run(contestant: Contestant, args, train=train):
    fit = train(contestant, args)
    if not args.untrained:
        _, tokens = evaluation_prompts()
        sheet(draw(contestant, fit.ema, tokens[:60]), CHECKPOINTS / f"{contestant.id}.png")
    publish(contestant, fit, args)
