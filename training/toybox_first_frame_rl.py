"""toybox-first-frame, trained further on its own frames by reinforcement. `python3 training/toybox_first_frame_rl.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from training.common import video_recipe as clips
from training.common.clips import augment_captions, to_bytes, to_tensor
from training.common.fit import CHECKPOINTS, Fit, arguments
from training.common.post_training import Drill, Practice, practise
from training.toybox_first_frame import PROSE, first_captions, first_claims, first_frames, publish
from training.toybox_first_frame_reward import load_judge
from training.toybox_grader import Grader

# How often captions of one, two and three things come.
MIX = (0.1, 0.45, 0.45)


@torch.no_grad()
def reward(judge: Grader, images: torch.Tensor, claims: torch.Tensor) -> torch.Tensor:
    """[N] in [0,1] of images [N,3,64,64] and what their captions claim, int64 [N,8] (first_claims): the mean of the probabilities that all
    is there and that a thing is, each with nothing that is not claimed. The second tells frames apart of which none has everything."""
    counts, colours, _, background = judge(images)
    counts, colours, background = counts.softmax(-1), colours.softmax(-1), background.softmax(-1)
    every = torch.arange(len(images))
    said = torch.where(claims[:, 1] >= 0, background[every, claims[:, 1].clamp(min=0)], 1.0)
    nothing_else, all_there, there = counts[:, :, 0].clone(), torch.ones(len(images)), torch.zeros(len(images))
    for place in range(3):
        kind, colour = claims[:, 2 + 2 * place], claims[:, 3 + 2 * place]
        asked = kind >= 0
        kind = kind.clamp(min=0)
        sure = counts[every, kind, 1] * torch.where(colour >= 0, colours[every, kind, colour.clamp(min=0)], 1.0)
        nothing_else[every[asked], kind[asked]] = 1.0
        all_there = torch.where(asked, all_there * sure, all_there)
        there = there + sure * asked
    return said * nothing_else.prod(1) * (all_there + there / claims[:, 0]) / 2


def practice() -> Practice:
    judge, coder, claims = load_judge(), clips.autoencoder(), torch.from_numpy(first_claims().astype(np.int64))
    latents, captions = first_frames(), first_captions()
    things = claims[:, 0].numpy()

    def judged(end, rows):
        images = to_tensor(to_bytes(coder.decode_first(end)))
        return reward(judge, images, claims[rows])

    def real(rows, generator):
        return torch.from_numpy(latents[np.sort(rows)]).float(), augment_captions(captions[np.sort(rows)], generator)

    return Practice(
        objective=clips.FIRST,
        shape=clips.SHAPE[1:],
        tokens=captions,
        weights=sum(share * (things == count + 1) / (things == count + 1).sum() for count, share in enumerate(MIX)),
        reward=judged,
        real=real,
        real_count=len(latents),
    )


def train(args) -> Fit:
    model = clips.untrained_first_frame_model()
    if not args.untrained:
        model.load_state_dict(torch.load(CHECKPOINTS / "toybox-first-frame.pt", map_location="cpu", weights_only=False)["ema"])
    fit = Fit("toybox-first-frame-rl", model, args, ema=0.97)
    return fit if args.export_only or args.untrained else practise(fit, practice(), Drill(steps=10))


if __name__ == "__main__":
    options = arguments(minutes=50, batch=64, lr=5e-4, seed=9)
    publish(
        train(options),
        options,
        PROSE
        + " Then it was trained further on its own frames: DiffusionNFT (Zheng et al. 2025) moves it towards those of which a judge says that more of the caption is there (training/toybox_first_frame_reward.py). The figures are of another network, the grader of clips.",
        {
            "data": "its own frames of captions of 48,000 clips; a quarter of each batch real first frames",
            "startsFrom": "toybox-first-frame as training/toybox_first_frame.py made it in 72 minutes from flow-dit-latent-rl (what draws an image)",
        },
    )
