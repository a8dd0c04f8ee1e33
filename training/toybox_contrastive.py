"""The contrastive encoder: images and captions in one space (Radford et al. 2021). `python3 training/toybox_contrastive.py`"""

import json
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.attention import Attention, mlp, sincos_places
from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments, autocast
from training.common.text_encoder import TextEncoder
from training.common.vision import WIDTH, distort, trunk
from training.common.world import DATA, TEXT_LENGTH, Split

FEATURES, D = 128, 128
TEXT = json.loads((DATA / "text.json").read_text())


class ImageHead(nn.Module):
    """The trunk's feature map [B,128,8,8] -> [B,128] of length 1: its 64 places talk to each other, then are pooled."""

    def __init__(self, blocks=2, heads=4):
        super().__init__()
        self.look, self.places = nn.Linear(WIDTH, D), nn.Parameter(sincos_places(8, D))
        self.blocks = nn.ModuleList(nn.ModuleList([nn.LayerNorm(D), Attention(D, heads), nn.LayerNorm(D), mlp(D, 2)]) for _ in range(blocks))
        self.norm, self.out = nn.LayerNorm(D), nn.Linear(2 * D, FEATURES)

    def forward(self, map_):
        x = self.look(map_.flatten(2).transpose(1, 2)) + self.places
        for norm_attention, attention, norm_mlp, feed in self.blocks:
            y = norm_attention(x)
            x = x + attention(y, y)
            x = x + feed(norm_mlp(x))
        x = self.norm(x).float()
        return unit(self.out(torch.cat([x.mean(1), x.amax(1)], 1)))


class TextTower(nn.Module):
    """tokens int64 [B,20] -> [B,128] of length 1, through the same word-level text encoder as the generators'."""

    def __init__(self):
        super().__init__()
        self.text, self.out = TextEncoder(D), nn.Linear(D, FEATURES)

    def forward(self, tokens):
        return unit(self.out(self.text(tokens)[1]))


class ImageTower(nn.Module):
    """[B,3,64,64] in [-1,1] -> features [B,128] of length 1. The trunk is the grader's and stays as it is."""

    def __init__(self, head):
        super().__init__()
        self.trunk, self.head = grader_trunk(), head

    def forward(self, image):
        return self.head(self.trunk(image))


class Towers(nn.Module):
    def __init__(self):
        super().__init__()
        self.image, self.text = ImageHead(), TextTower()
        self.scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))


def unit(x):
    x = x.float()
    return x / (x * x).sum(1, keepdim=True).clamp(min=1e-12).sqrt()


def grader_trunk():
    """The trunk with the grader's weights, where there is a trained grader."""
    module, path = trunk(), CHECKPOINTS / "toybox-grader.pt"
    if path.exists():
        weights = torch.load(path, map_location="cpu")["ema"]
        module.load_state_dict({key[len("trunk.") :]: value for key, value in weights.items() if key.startswith("trunk.")})
    return module.eval().requires_grad_(False)


class Foils:
    """The false captions of a grader split (export-text.ts): tokens [N,2,20] and how each is false [N,2]."""

    def __init__(self, split):
        count = TEXT["foils"]
        self.tokens = np.fromfile(DATA / f"{split}.foils.bin", np.uint8).reshape(-1, count, TEXT_LENGTH)
        self.changes = np.fromfile(DATA / f"{split}.changes.bin", np.uint8).reshape(-1, count)

    def captions(self, index):
        return torch.from_numpy(self.tokens[index].astype(np.int64))


@torch.no_grad()
def seen_maps(name, split, count, share):
    """float16 [N,128,8,8]: what the trunk makes of the split's images, a share of them spoiled as generators spoil theirs; kept beside the checkpoints."""
    path = CHECKPOINTS / f"{name}.npy"
    if path.exists():
        return np.load(path, mmap_mode="r")
    module, generator = grader_trunk().to(DEVICE).to(memory_format=torch.channels_last), np.random.default_rng(8)
    maps = np.lib.format.open_memmap(path.with_suffix(".tmp"), "w+", np.float16, (count, WIDTH, 8, 8))
    torch.manual_seed(8)
    for at in range(0, count, 100):
        image = split.pixels(slice(at, at + 100))
        if share > 0:
            spoiled = torch.from_numpy(generator.random(len(image)) < share)
            image = torch.where(spoiled[:, None, None, None], distort(image, generator, share=0.5)[0], image)
        with autocast():
            seen = module(image.to(DEVICE).contiguous(memory_format=torch.channels_last))
        maps[at : at + 100] = seen.float().half().cpu().numpy()
    maps.flush()
    path.with_suffix(".tmp").replace(path)
    return np.load(path, mmap_mode="r")


def contrast(image, text, foils, same, scale):
    """Symmetric InfoNCE. An image also tells its caption from all foils [B,D]; other images of the very same caption do not count."""
    own = torch.arange(len(image), device=image.device)
    to_text = (scale * image @ torch.cat([text, foils]).T).masked_fill(F.pad(same, (0, len(foils))), -1e4)
    to_image = (scale * text @ image.T).masked_fill(same, -1e4)
    return (F.cross_entropy(to_text, own) + F.cross_entropy(to_image, own)) / 2


@torch.no_grad()
def measure(image_tower, text_tower, split, foils, count=3000, group=100):
    """Retrieval among 100 captions and against foils, on unseen renders."""
    parts = [(image_tower(split.pixels(slice(at, at + 250))), text_tower(split.captions(slice(at, at + 250)))) for at in range(0, count, 250)]
    image, text = (torch.cat(part) for part in zip(*parts))
    tokens, found = split.captions(slice(0, count)), {"captionAmong100": 0, "pictureAmong100": 0}
    for at in range(0, count, group):
        rows = slice(at, at + group)
        similar, own = image[rows] @ text[rows].T, tokens[rows]
        for key, best in (("captionAmong100", similar.argmax(1)), ("pictureAmong100", similar.argmax(0))):
            found[key] += int((own[best] == own).all(1).sum())
    figures = {key: round(value / count, 3) for key, value in found.items()}
    false = text_tower(foils.captions(slice(0, count)).flatten(0, 1)).reshape(count, -1, FEATURES)
    truth = (image * text).sum(1)
    wins = truth[:, None] > (image[:, None] * false).sum(2)
    figures["trueCaptionOverFoil"] = round(float(wins.float().mean()), 3)
    for at, change in enumerate(TEXT["foilChanges"]):
        chosen = torch.from_numpy(foils.changes[:count] == at)
        figures[f"trueCaptionOverFoil, {change}"] = round(float(wins[chosen].float().mean()), 3)
    figures["cosineOwnCaption"] = round(float(truth.mean()), 3)
    figures["cosineFoil"] = round(float((image[:, None] * false).sum(2).mean()), 3)
    figures["cosineOtherCaption"] = round(float((image * text.roll(1, 0)).sum(1).mean()), 3)
    figures["howMeasured"] = f"{count} unseen renders: the own caption among 100 (30 groups), and against two hard negatives each, {foils.changes.size} pairs"
    return figures


def main():
    args = arguments(minutes=9, batch=192, lr=1.5e-3, seed=7)
    fit = Fit("toybox-contrastive", Towers(), args, ema=0.99, muon=True)
    split, foils = Split("grader"), Foils("grader")

    def loss(index, generator):
        generator.shuffle(index)
        map_, tokens = torch.from_numpy(maps[index]).float(), split.captions(index)
        false = foils.captions(index)[:, int(generator.integers(TEXT["foils"]))]
        same = (tokens[:, None] == tokens[None]).all(2) & ~torch.eye(len(tokens), dtype=torch.bool)
        map_, tokens, false, same = (value.to(DEVICE) for value in (map_, tokens, false, same))
        image, text = fit.model.image(map_), fit.model.text(torch.cat([tokens, false]))
        return contrast(image, text[: len(image)], text[len(image) :], same, fit.model.scale.clamp(max=math.log(100)).exp()), {}

    if args.export_only or args.untrained:
        towers = fit.ema
    else:
        maps = seen_maps("grader-maps", split, len(split), share=0.5)
        towers = fit.run(len(split), loss)
    towers = towers.float().cpu()
    image, text = ImageTower(towers.image).eval(), towers.text.eval()
    figures = {} if args.untrained else measure(image, text, Split("grader-validation"), Foils("grader-validation"))
    print(figures, flush=True)
    folder = (args.untrained or ROOT / "lib/encoders/weights") / "toybox-contrastive"
    tokens = torch.zeros(2, TEXT_LENGTH, dtype=torch.long)
    tokens[0, :5] = torch.tensor([2, 16, 17, 54, 2])
    encoder = export_onnx(image, {"image": wave(2, 3, 64, 64, amplitude=0.9)}, ["features"], folder / "toybox-contrastive.onnx", fixture_path("toybox-contrastive", folder))
    words = export_onnx(text, {"tokens": tokens}, ["features"], folder / "text.onnx", fixture_path("toybox-contrastive-text", folder))
    card = {
        "id": "toybox-contrastive",
        "name": "Toybox contrastive encoder",
        "creator": "Salon",
        "input": {"image": "float32 [B,3,64,64] in [-1,1]", "tokens": "int64 [B,20], ids of the tokenizer below"},
        "outputs": {"features": "float32 [B,128] of length 1, images and captions in one space"},
        "featureDimensions": FEATURES,
        "files": {"encoder": encoder, "text": words},
        "tokenizer": {"length": TEXT["length"], "words": TEXT["words"], "sameAs": TEXT["sameAs"]},
        "parameters": sum(p.numel() for module in (image, text) for p in module.parameters()),
        "training": fit.facts("Toybox, 30,000 scenes of the evaluation mix, half of them spoiled, and one false caption each"),
        "figures": figures,
        "license": "Apache-2.0",
        "released": "2026-11-24",
    }
    write_card(
        folder,
        card,
        "An image tower and a text tower trained against each other with a symmetric InfoNCE loss, so that an image and its caption point the same way. The image tower stands on the grader's trunk; each image also had to tell its caption from false ones that differ in one claim. The cosine of an image and its prompt is an alignment score, the image features serve CMMD. It is no CLIP: it knows Toybox alone.",
    )


if __name__ == "__main__":
    main()
