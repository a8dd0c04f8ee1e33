"""A few-step student of video-dit-latent. `python3 training/video_dit_turbo.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.clip_teacher import pairs
from training.common.fit import CHECKPOINTS, arguments
from training.common.objectives import FewStepFlow
from training.common.video_dit import VideoDiT
from training.common.video_recipe import VideoRecipe, publish, train
from training.video_dit_latent import RECIPE as TEACHER

PAIRS, TEACHER_STEPS, GUIDANCE = 1_200, 16, 3


def start_as_teacher(model: VideoDiT):
    model.load_state_dict(torch.load(CHECKPOINTS / f"{TEACHER.id}.pt", map_location="cpu")["ema"])


RECIPE = VideoRecipe(
    id="video-dit-turbo",
    name="Video DiT (turbo)",
    prose=f"A few-step student of video-dit-latent, by reflow (Liu et al. 2023): {PAIRS:,} noises and where the teacher carried them in {TEACHER_STEPS} Euler steps at guidance {GUIDANCE}, each from the first frames of a training clip; the student, which begins as the teacher, learns the straight line between each two. Guidance is part of what it learnt: one call a step, at guidance 1. It is meant for 2 to 4 steps.",
    stack={**TEACHER.stack, "paradigm": "Flow matching, distilled (reflow)"},
    model=VideoDiT(),
    objective=FewStepFlow(steps=4),
    start=start_as_teacher,
    starts_from="video-dit-latent (all of it)",
    pairs=lambda: pairs(TEACHER, PAIRS, TEACHER_STEPS, GUIDANCE),
    data=f"{PAIRS:,} pairs of noise and video-dit-latent's clip for a training caption",
    sampler={"default": "euler", "steps": 4, "guidanceScale": 1},
)

if __name__ == "__main__":
    options = arguments(minutes=12, batch=16, lr=3e-4, seed=8)
    publish(RECIPE, train(RECIPE, options), options)
