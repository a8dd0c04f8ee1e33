"""What every generator's recipe shares: train a denoiser, export it, draw sample sheets, measure it, write its card."""

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
class Recipe:
    id: str
    name: str
    prose: str
    stack: dict  # paradigm, architecture, representation, textConditioning: the leaderboard's stack facts
    model: torch.nn.Module
    objective: object  # common/objectives.py
    latent: bool = False
    data: str = "Toybox, 90,000 scenes, no held-out combination among them"
    history: str = ""  # where the committed weights came about otherwise than by one run of the recipe
    start: tuple = ()  # (another generator's id, its names' prefixes, where they sit in this model): parts that begin with its weights
    crowded_share: float = 0.0  # share of every batch drawn anew among crowded scenes (world.Split.crowded), the ones a model learns last
    pairs: object = None  # () -> (noise, data, tokens) of a teacher, to learn from in place of the training split
    steps_sweep: tuple = ()  # steps, and guidance scales, at which quality is measured for the site's plots
    guidance_sweep: tuple = ()
    adaptable: bool = False  # exported with spare rows in the word table, for adapters' own words
    sampler: dict = field(default_factory=lambda: {"default": "euler", "steps": 20, "guidanceScale": 3})

    @property
    def shape(self):
        return [LATENT_CHANNELS, 16, 16] if self.latent else [3, 64, 64]


def train(recipe: Recipe, args) -> Fit:
    """Trains (or resumes) on the training split with 10% of the captions emptied, or on a teacher's pairs as they are."""
    fit = Fit(recipe.id, recipe.model, args, ema=0.998, muon=True)
    if args.export_only or args.untrained:
        return fit
    if recipe.start and fit.step == 0:
        warm_start(fit, *recipe.start)
    split, objective = Split("train"), recipe.objective
    latents = training_latents(split) if recipe.latent else None
    pairs = recipe.pairs() if recipe.pairs else None
    crowded = split.crowded()

    def batch(index, generator):
        if pairs:
            noise, data, tokens = (torch.from_numpy(part[index]) for part in pairs)
            return data.float(), noise.float(), tokens.long()
        if recipe.crowded_share:
            moved = generator.random(len(index)) < recipe.crowded_share
            index = np.sort(np.where(moved, crowded[index % len(crowded)], index))
        data = torch.from_numpy(latents[index]).float() if recipe.latent else split.pixels(index)
        return data, torch.randn_like(data), augment_captions(split.captions(index), generator)

    def loss(index, generator):
        data, noise, tokens = batch(index, generator)
        t = objective.times(len(index))
        data, tokens, t, noise = (value.to(DEVICE) for value in (data, tokens, t, noise))
        level = column(t)
        signal, spread = objective.levels(level)
        answer = recipe.model(signal * data + spread * noise, t, tokens).float()
        return (objective.weight(level) * (answer - objective.target(data, noise, level)).pow(2)).mean(), {}

    fit.run(len(pairs[0]) if pairs else len(split), loss)
    return fit


def warm_start(fit: Fit, source: str, prefixes: tuple, inside: str = ""):
    """Copies the average weights of another generator wherever name and shape agree."""
    trained = torch.load(CHECKPOINTS / f"{source}.pt", map_location="cpu")["ema"]
    own = fit.model.state_dict()
    chosen = {inside + key: value for key, value in trained.items() if key.startswith(prefixes)}
    same = {key: value for key, value in chosen.items() if key in own and own[key].shape == value.shape}
    for module in (fit.model, fit.ema):
        module.load_state_dict(same, strict=False)
    print(f"{fit.name}: {len(same)} tensors begin as {source}'s", flush=True)


@torch.no_grad()
def draw(recipe: Recipe, model, tokens, seed=0, steps=None, scale=None, batch=100) -> np.ndarray:
    """uint8 [N,64,64,3]: one image per caption, with the generator's own sampler."""
    decode = latent_decoder() if recipe.latent else (lambda x: x)
    generator = torch.Generator().manual_seed(seed)
    images = []
    for at in range(0, len(tokens), batch):
        part = tokens[at : at + batch].to(DEVICE)
        noise = torch.randn(len(part), *recipe.shape, generator=generator).to(DEVICE)
        with autocast():
            predict = guided(model, part, scale or recipe.sampler["guidanceScale"])
            x = recipe.objective.sample(predict, noise, steps or recipe.sampler["steps"])
            images.append(to_bytes(decode(x)))
    return np.concatenate(images)


def sheet(images: np.ndarray, path: Path, columns=10, scale=2):
    from PIL import Image

    rows = -(-len(images) // columns)
    canvas = np.zeros((rows * 66, columns * 66, 3), np.uint8) + 255
    for index, image in enumerate(images):
        y, x = divmod(index, columns)
        canvas[y * 66 : y * 66 + 64, x * 66 : x * 66 + 64] = image
    image = Image.fromarray(canvas)
    image.resize((canvas.shape[1] * scale, canvas.shape[0] * scale), Image.NEAREST).save(path)


def evaluation_prompts():
    """The prompt set with token ids, as training/export/prompts.ts wrote it."""
    prompts = json.loads((DATA / "prompts.json").read_text())
    return prompts, torch.tensor([prompt["tokens"] for prompt in prompts])


def example_inputs(recipe: Recipe) -> dict:
    """The denoiser's inputs for the exporter and the parity fixture: two images, one with a caption."""
    tokens = torch.zeros(2, TEXT_LENGTH, dtype=torch.long)
    tokens[0, :5] = torch.tensor([2, 16, 17, 54, 2])
    return {"x": wave(2, *recipe.shape, amplitude=1.2), "t": torch.tensor([0.25, 0.75]), "tokens": tokens}


def publish(recipe: Recipe, fit: Fit, args):
    """Exports the average weights, measures them with the grader and the encoder where those exist, and writes the card."""
    folder = (args.untrained or ROOT / "generation/models") / recipe.id
    model = fit.ema.float().cpu()
    if recipe.adaptable:
        make_room(model.text)
    # The weights as exported, rounded to fp16, are the ones measured.
    denoiser = export_onnx(model, example_inputs(recipe), ["prediction"], folder / "denoiser.onnx", fixture_path(recipe.id, folder))
    print(f"exported {denoiser}", flush=True)
    figures = {}
    if not args.untrained:
        from training.common.measure import measure

        begun = time.time()
        figures = measure(recipe, model.to(DEVICE), args.graded)
        print(f"measured in {time.time() - begun:.0f} s: {figures}", flush=True)
    facts = {
        **fit.facts(recipe.data),
        **({"history": recipe.history} if recipe.history else {}),
        **({"startsFrom": starting_point(recipe)} if recipe.start else {}),
    }
    card = {**describe(recipe, facts, figures), "files": {"denoiser": denoiser}, "parameters": sum(p.numel() for p in model.parameters())}
    write_card(folder, card, recipe.prose)


def describe(recipe: Recipe, facts: dict, figures: dict) -> dict:
    """The card, but for the weights' file and size."""
    return {
        "id": recipe.id,
        "name": recipe.name,
        "creator": "Salon",
        "family": recipe.objective.family,
        "prediction": recipe.objective.prediction,
        **recipe.stack,
        "imageSize": 64,
        "sampleShape": recipe.shape,
        "decoder": "toybox-autoencoder" if recipe.latent else None,
        "textLength": TEXT_LENGTH,
        "vocabularySize": VOCABULARY,
        "sampler": recipe.sampler,
        "files": {},
        "parameters": 0,
        "training": facts,
        "figures": figures,
        "license": "Apache-2.0",
        "released": RELEASED,
    }


def starting_point(recipe: Recipe) -> str:
    source, prefixes, *_ = recipe.start
    return f"{source} ({', '.join(prefixes) if prefixes != ('',) else 'all of it'})"


def run(recipe: Recipe, args, train=train):
    fit = train(recipe, args)
    if not args.untrained:
        _, tokens = evaluation_prompts()
        sheet(draw(recipe, fit.ema, tokens[:60]), CHECKPOINTS / f"{recipe.id}.png")
    publish(recipe, fit, args)
