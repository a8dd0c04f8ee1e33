"""What a clip of a caption begins with: its first latent frame, drawn by the image transformer. `python3 training/toybox_first_frame.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from training.common.clips import FRAMES, TEXT_LENGTH, VOCABULARY, augment_captions, to_tensor
from training.common.export import ROOT, export_onnx, fixture_path, write_card
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments, autocast
from training.common.objectives import column
from training.common import video_recipe as clips
from training.common.dit import start_from_image_model
from training.common.world import DATA

ID = "toybox-first-frame"
PROSE = "Draws a caption's first latent frame, which the models of clips then set in motion (the factorization of Girdhar et al. 2023, Emu Video). The image transformer, begun as flow-dit-latent-rl: from clips' first frames it has learnt the longer captions, that a verb says where a thing stands when it sets off, and the video autoencoder's channels."


# How often each batch has one, two and three things: of three the most is still to be learnt.
THINGS_SHARES = (0.25, 0.4, 0.35)


def first_frames() -> np.ndarray:
    """float16 [N,8,16,16], of clips-first, encoded once and kept beside the checkpoints."""
    path = CHECKPOINTS / "latents-clips-first.npy"
    if not path.exists():
        pixels, coder, parts = np.memmap(DATA / "clips-first.frames.bin", np.uint8, "r").reshape(-1, 1, 64, 64, 3), clips.autoencoder(), []
        for at in range(0, len(pixels), 250):
            with torch.no_grad(), autocast():
                parts.append(coder.encode(to_tensor(pixels[at : at + 250]).to(DEVICE))[:, 0].half().cpu().numpy())
        np.save(path, np.concatenate(parts))
    return np.load(path, mmap_mode="r")


def first_captions() -> torch.Tensor:
    """int64 [N,24]."""
    return torch.from_numpy(np.fromfile(DATA / "clips-first.tokens.bin", np.uint8).reshape(-1, TEXT_LENGTH).astype(np.int64))


def first_claims() -> np.ndarray:
    """int16 [N,8]: things, background, then 3 x (kind, colour), -1 where the caption says nothing of it."""
    return np.fromfile(DATA / "clips-first.claims.bin", np.int16).reshape(-1, 8)


def train(args) -> Fit:
    model = clips.untrained_first_frame_model()
    if not args.untrained:
        start_from_image_model(model)
    fit = Fit(ID, model, args, ema=0.998, muon=True)
    if args.export_only or args.untrained:
        return fit
    latents, captions = first_frames(), first_captions()
    things = first_claims()[:, 0]
    of = [np.flatnonzero(things == count) for count in (1, 2, 3)]

    def loss(index, generator):
        index = np.sort([of[many][row % len(of[many])] for row, many in zip(index, generator.choice(3, len(index), p=THINGS_SHARES))])
        data, tokens = torch.from_numpy(latents[index]).float(), augment_captions(captions[index], generator)
        noise, t = torch.randn_like(data), clips.FIRST.times(len(index))
        level = column(t)
        return (model(level * data + (1 - level) * noise, t, tokens) - (data - noise)).pow(2).mean(), {}

    fit.run(len(latents), loss)
    return fit


def publish(fit: Fit, args, prose: str, training: dict):
    """Exports the average weights, reads its frames with the clip grader, and writes the card. @param training where it came from and of what"""
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
        "training": fit.facts(training.pop("data")) | training,
        "figures": figures,
        "license": "Apache-2.0",
        "released": "2026-11-30",
    }
    write_card(folder, card, prose)


if __name__ == "__main__":
    options = arguments(minutes=72, batch=32, lr=8e-4)
    publish(
        train(options),
        options,
        PROSE,
        {
            "data": "Toybox in motion, the first frames of 48,000 clips",
            "startsFrom": "flow-dit-latent-rl (what draws an image)",
            "history": "Steps 1-2,148 were of the first frames of 12,000 clips, in their own mixture of one to three things.",
        },
    )
