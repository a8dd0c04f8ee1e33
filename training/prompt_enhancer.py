"""The prompt enhancer: a masked-diffusion language model over the caption grammar. `python3 training/prompt_enhancer.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.attention import Attention, mlp
from training.common.export import ROOT, export_onnx, fixture_path, write_card
from training.common.fit import DEVICE, Fit, arguments
from training.common.world import DATA, PADDING, TEXT_LENGTH, UNKNOWN, VOCABULARY

LENGTH = 16  # the longest full caption has 15 words
MASK = VOCABULARY


class Enhancer(nn.Module):
    """prompt int64 [B,16] and caption int64 [B,16] (58 is a mask) -> logits [B,16,58] of every caption word at once.

    Prompt and caption lie in one sequence in which every word sees every other: no order of writing is built in.
    """

    def __init__(self, width=128, blocks=4, heads=4):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY + 1, width)
        self.places = nn.Parameter(torch.randn(1, 2 * LENGTH, width) * 0.02)
        nn.init.normal_(self.words.weight, std=0.1)
        self.blocks = nn.ModuleList(nn.ModuleList([nn.LayerNorm(width), Attention(width, heads), nn.LayerNorm(width), mlp(width, 3)]) for _ in range(blocks))
        self.norm, self.say = nn.LayerNorm(width), nn.Linear(width, VOCABULARY)

    def forward(self, prompt, caption):
        x = self.words(torch.cat([prompt, caption], 1)) + self.places
        for norm_attention, attention, norm_mlp, feed in self.blocks:
            y = norm_attention(x)
            x = x + attention(y, y)
            x = x + feed(norm_mlp(x))
        return self.say(self.norm(x[:, LENGTH:])).float()


class Pairs:
    """Terse prompts and full captions as training/export/text.ts wrote them: uint8 [N,16] each."""

    def __init__(self, split):
        read = lambda name: np.fromfile(DATA / f"{split}.{name}.bin", np.uint8).reshape(-1, TEXT_LENGTH)
        terse, full = read("terse"), read("full")
        assert not terse[:, LENGTH:].any() and not full[:, LENGTH:].any(), "a text is longer than the model"
        self.terse, self.full = terse[:, :LENGTH], full[:, :LENGTH]

    def rows(self, index):
        return (torch.from_numpy(part[index].astype(np.int64)) for part in (self.terse, self.full))


def masked(caption, generator):
    """Masks each word with its row's own probability, drawn evenly from [0,1]; at least one a row (Nie et al. 2025, LLaDA)."""
    share = generator.random((len(caption), 1))
    hidden = generator.random(caption.shape) < share
    hidden[np.arange(len(caption)), generator.integers(0, LENGTH, len(caption))] = True
    hidden = torch.from_numpy(hidden)
    return torch.where(hidden, torch.full_like(caption, MASK), caption), hidden


@torch.no_grad()
def word_accuracy(model, pairs):
    """Share of masked caption words that the likeliest word gets right, at half of them masked."""
    prompt, caption = pairs.rows(slice(0, 2000))
    hidden = torch.from_numpy(np.random.default_rng(0).random(caption.shape) < 0.5)
    said = model(prompt.to(DEVICE), torch.where(hidden, torch.full_like(caption, MASK), caption).to(DEVICE)).argmax(2).cpu()
    return round(float((said == caption)[hidden].float().mean()), 3)


def main():
    args = arguments(minutes=8, batch=96, lr=2e-3, seed=6)
    fit = Fit("prompt-enhancer", Enhancer(), args, ema=0.995, muon=True)
    pairs = None if args.untrained else Pairs("enhancer")

    def loss(index, generator):
        generator.shuffle(index)
        prompt, caption = pairs.rows(index)
        # A few prompts say nothing, or nothing that is understood: then any caption will do.
        nothing = torch.from_numpy(generator.random(len(prompt)) < 0.03)
        prompt[nothing] = torch.where(prompt[nothing] != PADDING, UNKNOWN, PADDING)
        seen, hidden = masked(caption, generator)
        prompt, seen, caption, hidden = (value.to(DEVICE) for value in (prompt, seen, caption, hidden))
        logits = fit.model(prompt, seen).float()
        return F.cross_entropy(logits[hidden], caption[hidden]), {}

    model = (fit.ema if args.export_only or args.untrained else fit.run(len(pairs.full), loss)).float()
    figures = {} if args.untrained else {"wordAccuracyHalfMasked": word_accuracy(model, Pairs("enhancer-validation"))}
    print(figures, flush=True)
    folder = (args.untrained or ROOT / "generation/models") / "prompt-enhancer"
    prompt = torch.zeros(2, LENGTH, dtype=torch.long)
    prompt[0, :2], prompt[1, :3] = torch.tensor([17, 19]), torch.tensor([5, 21, 22])
    caption = torch.full((2, LENGTH), MASK)
    caption[1, :3] = torch.tensor([2, 5, 21])
    denoiser = export_onnx(model.cpu(), {"prompt": prompt, "caption": caption}, ["logits"], folder / "denoiser.onnx", fixture_path("prompt-enhancer", folder))
    card = {
        "id": "prompt-enhancer",
        "name": "Prompt enhancer",
        "creator": "Salon",
        "family": "masked-diffusion",
        "paradigm": "Masked diffusion",
        "architecture": "Bidirectional transformer",
        "representation": "Words",
        "textConditioning": "Prompt in the same sequence",
        "textLength": LENGTH,
        "vocabularySize": VOCABULARY,
        "sampler": {"default": "masked-diffusion", "steps": 8, "temperature": 1},
        "files": {"denoiser": denoiser},
        "parameters": sum(p.numel() for p in model.parameters()),
        "training": fit.facts("200,000 pairs of a terse prompt and a full caption of Toybox's grammar"),
        "figures": figures,
        "license": "Apache-2.0",
        "released": "2026-11-24",
    }
    write_card(
        folder,
        card,
        "Turns a terse prompt (\"bear book\") into a full caption of Toybox's grammar. It begins with masks alone, predicts every word at once, keeps those it is surest of and masks the rest again; its cost grows with the steps, not with the words.",
    )


if __name__ == "__main__":
    main()
