"""What a clip of a caption begins with: its first frame, drawn by the image transformer. `python3 training/toybox_first_frame.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import torch.nn.functional as F

from training.common.clips import FRAMES, TEXT_LENGTH, VOCABULARY, augment_captions, to_tensor
from training.common.export import ROOT, export_onnx, fixture_path, write_card
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments, autocast
from training.common.latents import LATENT_CHANNELS
from training.common.objectives import column
from training.common import video_recipe as clips
from training.common.dit import start_from_image_model
from training.common.world import DATA, Split

ID = "toybox-first-frame"
PROSE = "Draws what a clip of a caption begins with, an image's latent, which the models of clips then set in motion (the factorization of Girdhar et al. 2023, Emu Video). The image transformer, begun as flow-dit-latent-rl: from clips' first frames it has learnt the longer captions, and that a verb says where a thing stands when it sets off; scenes among them keep what it knew of several things side by side."


# How often each batch has one, two and three things: of three the most is still to be learnt.
THINGS_SHARES = (0.25, 0.4, 0.35)
# Half of each batch are scenes with captions of images: what it knew of them, several things side by side above all, it keeps.
SCENES_SHARE, CROWDED_SHARE = 0.5, 0.4


def latents_of(name: str, pixels: np.ndarray) -> np.ndarray:
    """float16 [N,4,16,16] of frames uint8 [N,64,64,3] that each begin a clip, encoded once and kept beside the checkpoints."""
    path = CHECKPOINTS / f"latents-{name}.npy"
    if not path.exists():
        coder, parts = clips.autoencoder(), []
        for at in range(0, len(pixels), 250):
            with torch.no_grad(), autocast():
                parts.append(coder.encode(to_tensor(pixels[at : at + 250, None]).to(DEVICE))[:, 0, :LATENT_CHANNELS].half().cpu().numpy())
        np.save(path, np.concatenate(parts))
    return np.load(path, mmap_mode="r")


class FirstFrames:
    """The first frames of clips, and their captions: latents, tokens int64 [N,24], and the rows with one, two and three things."""

    def __init__(self):
        self.latents = latents_of("clips-first", np.memmap(DATA / "clips-first.frames.bin", np.uint8, "r").reshape(-1, 64, 64, 3))
        self.tokens = torch.from_numpy(np.fromfile(DATA / "clips-first.tokens.bin", np.uint8).reshape(-1, TEXT_LENGTH).astype(np.int64))
        things = np.fromfile(DATA / "clips-first.things.bin", np.uint8)
        self.of = [np.flatnonzero(things == count) for count in (1, 2, 3)]

    def draw(self, count, generator):
        rows = np.sort([generator.choice(self.of[many]) for many in generator.choice(3, count, p=THINGS_SHARES)])
        return self.latents[rows], self.tokens[rows]


class Scenes:
    """What the image models learn from, as frames that clips could begin with."""

    def __init__(self):
        split = Split("train")
        self.latents, self.crowded = latents_of("scenes-first", split.images), split.crowded()
        self.tokens = F.pad(split.captions(slice(None)), (0, TEXT_LENGTH - split.tokens.shape[1]))

    def draw(self, count, generator):
        rows = generator.integers(0, len(self.tokens), count)
        rows = np.sort(np.where(generator.random(count) < CROWDED_SHARE, generator.choice(self.crowded, count), rows))
        return self.latents[rows], self.tokens[rows]


def train(args) -> Fit:
    model = clips.untrained_first_frame_model()
    if not args.untrained:
        start_from_image_model(model)
    fit = Fit(ID, model, args, ema=0.998, muon=True)
    if args.export_only or args.untrained:
        return fit
    frames, scenes = FirstFrames(), Scenes()

    def loss(index, generator):
        rehearsed = round(SCENES_SHARE * len(index))
        parts = frames.draw(len(index) - rehearsed, generator), scenes.draw(rehearsed, generator)
        data = torch.from_numpy(np.concatenate([latents for latents, _ in parts])).float()
        tokens = augment_captions(torch.cat([tokens for _, tokens in parts]), generator)
        noise, t = torch.randn_like(data), clips.FIRST.times(len(index))
        level = column(t)
        error = (model(level * data + (1 - level) * noise, t, tokens) - (data - noise)).pow(2).mean((1, 2, 3))
        first, scene = error[:-rehearsed].mean(), error[-rehearsed:].mean()
        return (first + scene) / 2, {"first": first.item(), "scene": scene.item()}

    fit.run(len(frames.tokens), loss)
    return fit


def publish(fit: Fit, args):
    """Exports the average weights, reads its frames with the clip grader, and writes the card."""
    folder = (args.untrained or ROOT / "generation/models") / ID
    model, figures = fit.ema.float().cpu(), {}
    denoiser = export_onnx(model, clips.first_frame_inputs(), ["prediction"], folder / "denoiser.onnx", fixture_path(ID, folder))
    if not args.untrained:
        prompts, tokens = clips.evaluation_prompts()
        prompts, tokens = prompts[: args.graded], tokens[: args.graded]
        frames = clips.decode_stills(clips.draw_stills(tokens, model=model))
        verdict = clips.grade(np.repeat(frames[:, None], FRAMES, 1), prompts)
        still = {key: verdict[key] for key in ("objects", "colours", "background")}
        still["all"] = np.logical_and.reduce(list(still.values()))
        clips.sheet(frames[:54].reshape(6, 9, 64, 64, 3).repeat(2, 1), CHECKPOINTS / f"{ID}.png")
        figures = clips.shares(still, prompts) | {
            "howMeasured": f"the first {len(prompts)} prompts of training/export/clip-prompts.ts, one frame of each shown 17 times to the Toybox video grader; motion is none of it; {clips.FIRST_SAMPLER['steps']} {clips.FIRST_SAMPLER['default']} steps, guidance {clips.FIRST_SAMPLER['guidanceScale']}; PyTorch"
        }
        print(figures, flush=True)
    card = {
        "id": ID,
        "name": "Toybox first frame",
        "creator": "Salon",
        "task": "first-frame",
        "family": "flow",
        "prediction": "velocity",
        "imageSize": 64,
        "sampleShape": [LATENT_CHANNELS, *clips.SHAPE[2:]],
        "textLength": TEXT_LENGTH,
        "vocabularySize": VOCABULARY,
        "sampler": clips.FIRST_SAMPLER,
        "files": {"denoiser": denoiser},
        "parameters": sum(p.numel() for p in model.parameters()),
        "training": fit.facts("Toybox in motion, the first frames of 48,000 clips; half of each batch the 90,000 scenes of the image models")
        | {"startsFrom": "flow-dit-latent-rl (what draws an image)"},
        "figures": figures,
        "license": "Apache-2.0",
        "released": "2026-11-30",
    }
    write_card(folder, card, PROSE)


if __name__ == "__main__":
    options = arguments(minutes=40, batch=32, lr=5e-4)
    publish(train(options), options)
