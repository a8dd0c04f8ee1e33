"""An adapter that teaches flow-dit-latent a new word from ten images. `python3 training/flow_dit_latent_lora.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import copy
import hashlib
import json

import numpy as np
import onnx
import torch
import torch.nn.functional as F

from training.common.recipe import describe, draw, evaluation_prompts, example_inputs, sheet
from training.common.export import ROOT, fixture_path, write_card, write_fixture
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments
from training.common.latents import encode_images, training_latents
from training.common.low_rank import ExtraWord, adapt, adapter_tensors, merged, safetensors
from training.common.measure import grade, shares
from training.common.objectives import column
from training.common.text_encoder import make_room
from training.common.world import DATA, TEXT_LENGTH, WORLD, Split, augment_captions, to_tensor
from training.flow_dit_latent import RECIPE as BASE

ID, RANK = "flow-dit-latent-lora", 8
FOLDER = ROOT / "generation/models"


def published_base():
    """The base as it is served: average weights rounded to fp16, spare rows in its word table."""
    model = copy.deepcopy(BASE.model)
    model.load_state_dict(torch.load(CHECKPOINTS / f"{BASE.id}.pt", map_location="cpu")["ema"])
    make_room(model.text)
    for parameter in model.parameters():
        if parameter.numel() >= 1024:
            parameter.data = parameter.data.half().float()
    return model


def adapted(subject: dict):
    """The base with changes in every attention and MLP, and the new word, which begins as the mean of the kinds'."""
    model = adapt(published_base(), RANK, lambda name: name.startswith("blocks.") and "modulation" not in name)
    kinds = [WORLD["words"].index(kind.split()[-1]) + 2 for kind in WORLD["kinds"]]
    model.text.words = ExtraWord(model.text.words, subject["id"], model.text.words.weight[kinds].mean(0))
    return model


def train(model, subject: dict, args) -> Fit:
    """Half of each batch is the subject; the other half keeps what the base knows (prior preservation) from the training split."""
    fit = Fit(ID, model, args, ema=0.99)
    if args.export_only:
        return fit
    images = np.fromfile(DATA / "subject.images.bin", np.uint8).reshape(-1, 64, 64, 3)
    own = encode_images(to_tensor(images))
    words = torch.from_numpy(np.fromfile(DATA / "subject.tokens.bin", np.uint8).reshape(-1, TEXT_LENGTH).astype(np.int64))
    split = Split("train")
    latents = training_latents(split)

    def loss(index, generator):
        half = len(index) // 2
        chosen = generator.integers(0, len(own), half)
        prior = generator.permutation(index)[half:]
        data = torch.cat([own[chosen], torch.from_numpy(latents[prior]).float()]).to(DEVICE)
        tokens = torch.cat([augment_captions(words[chosen], generator, unknown=0), augment_captions(split.captions(prior), generator)]).to(DEVICE)
        t, noise = BASE.objective.times(len(data)).to(DEVICE), torch.randn_like(data)
        level = column(t)
        signal, spread = BASE.objective.levels(level)
        return (model(signal * data + spread * noise, t, tokens).float() - BASE.objective.target(data, noise, level)).pow(2).mean(), {}

    fit.run(len(split), loss)
    return fit


@torch.no_grad()
def likeness(images: np.ndarray, views: np.ndarray) -> float:
    """Mean over the images of the highest cosine between their Toybox-encoder features and those of true views."""
    from training.toybox_encoder import Encoder, embed

    encoder = Encoder()
    encoder.load_state_dict(torch.load(CHECKPOINTS / "toybox-encoder.final.pt", map_location="cpu"))
    ours, true = (F.normalize(embed(encoder.eval(), to_tensor(each)), dim=1) for each in (images, views))
    return round(float((ours @ true.T).max(1).values.mean()), 3)


def measure(model, subject: dict, count: int) -> dict:
    """Whether the new word draws the subject, and whether the base still draws all else."""
    tokens = torch.tensor([prompt["tokens"] for prompt in subject["prompts"]])
    alone = [index for index, prompt in enumerate(subject["prompts"]) if " background" in prompt["text"]]
    own = draw(BASE, model, tokens[alone].repeat(4, 1))
    before = draw(BASE, published_base(), tokens[alone].repeat(4, 1))
    views = np.fromfile(DATA / "subject-views.images.bin", np.uint8).reshape(-1, 64, 64, 3)
    figures = {
        "subjectLikeness": likeness(own, views),
        "subjectLikeness, base without the adapter": likeness(before, views),
    }
    prompts, ordinary = evaluation_prompts()
    prompts, ordinary = prompts[100 : 100 + count], ordinary[100 : 100 + count]
    figures |= shares(grade(draw(BASE, model, ordinary), prompts), prompts)
    figures["howMeasured"] = (
        f"likeness: {len(own)} images of the new word alone on the eight backgrounds, the mean of each one's highest cosine of Toybox-encoder features with {len(views)} "
        f"true views; the rest: prompts 100 to {99 + count} of toybox-v1, which do not name the subject, read by the Toybox grader; {BASE.sampler['steps']} {BASE.sampler['default']} steps, guidance {BASE.sampler['guidanceScale']}; PyTorch, bf16"
    )
    return figures


def main():
    args = arguments(minutes=5.4, batch=32, lr=2e-3, seed=9)
    subject = json.loads((DATA / "subject.json").read_text())
    fit = train(adapted(subject), subject, args)
    model = fit.ema.float().cpu()
    plain = merged(model)
    tokens = torch.tensor([prompt["tokens"] for prompt in subject["prompts"]])
    sheet(draw(BASE, plain, torch.cat([tokens, tokens[:8]])), CHECKPOINTS / f"{ID}.png", columns=8)
    figures = measure(plain, subject, args.graded)
    print(figures, flush=True)
    base = FOLDER / BASE.id / "denoiser.onnx"
    base_sha = hashlib.sha256(base.read_bytes()).hexdigest()
    tensors = adapter_tensors(model, onnx.load(str(base)))
    content = safetensors(tensors, {"base": BASE.id, "baseSha256": base_sha})
    (FOLDER / ID).mkdir(parents=True, exist_ok=True)
    (FOLDER / ID / "adapter.safetensors").write_bytes(content)
    facts = fit.facts(f"ten images of a {subject['word']} (generation/world/subject.ts), and Toybox's training scenes as prior")
    card = describe(BASE, facts, figures) | {
        "id": ID,
        "name": "Flow DiT (latent, LoRA)",
        "files": {"adapter": {"path": "adapter.safetensors", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}},
        "adapter": {
            "base": BASE.id,
            "baseSha256": base_sha,
            "rank": RANK,
            "scale": 1,
            "words": {subject["word"]: subject["id"]},
        },
        "parameters": sum(array.size for array in tensors.values()),
    }
    prose = (
        f"Not a model but a change of one: {len(tensors) // 2} low-rank matrices of rank {RANK} (Hu et al. 2022) beside flow-dit-latent's weights and one new word, \"{subject['word']}\", "
        "learnt from ten images of a little robot that Toybox does not know (DreamBooth, Ruiz et al. 2023). Half of each batch was training scenes, so that the base forgets little. "
        "Alone it is recognisable at once; small and in company it is rough, and its turquoise, which the base has never seen, comes out between blue and green. "
        f"Try \"a {subject['word']} reading a book\"."
    )
    write_card(FOLDER / ID, card, prose)
    inputs = example_inputs(BASE)
    inputs["tokens"][1, :2] = torch.tensor([2, subject["id"]])
    with torch.no_grad():
        answer = plain(*inputs.values())
    write_fixture(fixture_path(ID, FOLDER / ID), FOLDER / ID / "adapter.safetensors", inputs, {"prediction": answer})


if __name__ == "__main__":
    main()
