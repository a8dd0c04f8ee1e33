"""What a clip of a caption begins with: its first latent frame, drawn by the image transformer. `python3 training/toybox_first_frame.py`"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from training.common.clips import CLIPS, FRAMES, TEXT_LENGTH, VOCABULARY, ClipSplit, augment_captions
from training.common.export import ROOT, export_onnx, fixture_path, write_card
from training.common.fit import CHECKPOINTS, Fit, arguments
from training.common.objectives import column
from training.common import video_recipe as clips
from training.common.dit import start_from_image_model

ID = "toybox-first-frame"
PROSE = "Draws a caption's first latent frame, which the models of clips then set in motion (the factorization of Girdhar et al. 2023, Emu Video). The image transformer, begun as flow-dit-latent-rl: from clips' first frames it has learnt the longer captions, that a verb says where a thing stands when it sets off, and the video autoencoder's channels."


def first_frames():
    """float16 [N,8,16,16], the training clips' first latent frames, and their split."""
    split = ClipSplit("train")
    return np.array(clips.clip_latents(split, "clips-train")[:, 0]), split


def train(args) -> Fit:
    model = clips.untrained_first_frame_model()
    if not args.untrained:
        start_from_image_model(model)
    fit = Fit(ID, model, args, ema=0.998, muon=True)
    if args.export_only or args.untrained:
        return fit
    latents, split = first_frames()

    def loss(index, generator):
        data, tokens = torch.from_numpy(latents[index]).float(), augment_captions(split.captions(index), generator)
        noise, t = torch.randn_like(data), clips.FIRST.times(len(index))
        level = column(t)
        return (model(level * data + (1 - level) * noise, t, tokens) - (data - noise)).pow(2).mean(), {}

    fit.run(len(split), loss)
    return fit


def publish(fit: Fit, args):
    """Exports the average weights, reads its frames with the clip grader, and writes the card."""
    folder = (args.untrained or ROOT / "generation/models") / ID
    model, figures = fit.ema.float().cpu(), {}
    denoiser = export_onnx(model, clips.first_frame_inputs(), ["prediction"], folder / "denoiser.onnx", fixture_path(ID, folder))
    if not args.untrained:
        prompts, tokens = clips.evaluation_prompts()
        prompts, tokens = prompts[: args.graded], tokens[: args.graded]
        frames = clips.decode_frames(clips.draw_first(tokens, model=model))
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
        "sampleShape": list(clips.SHAPE[1:]),
        "textLength": TEXT_LENGTH,
        "vocabularySize": VOCABULARY,
        "sampler": clips.FIRST_SAMPLER,
        "files": {"denoiser": denoiser},
        "parameters": sum(p.numel() for p in model.parameters()),
        "training": fit.facts(f"Toybox in motion, the first frames of {CLIPS['files']['train']['count']:,} clips") | {"startsFrom": "flow-dit-latent-rl (what draws an image)"},
        "figures": figures,
        "license": "Apache-2.0",
        "released": "2026-11-30",
    }
    write_card(folder, card, PROSE)


if __name__ == "__main__":
    options = arguments(minutes=32, batch=32, lr=8e-4)
    publish(train(options), options)
