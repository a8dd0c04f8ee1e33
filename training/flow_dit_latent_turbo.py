"""A few-step student of flow-dit-latent. `python3 training/flow_dit_latent_turbo.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.common.recipe import Recipe, run
from training.common.dit import DiT
from training.common.fit import arguments
from training.common.latents import LATENT_CHANNELS
from training.common.objectives import FewStepFlow
from training.common.teacher import pairs
from training.flow_dit_latent import RECIPE as TEACHER

PAIRS, TEACHER_STEPS, GUIDANCE = 1_950, 16, 3
RECIPE = Recipe(
    id="flow-dit-latent-turbo",
    name="Flow DiT (latent, turbo)",
    prose=f"A few-step student of flow-dit-latent (the Turbo and Flash kind), by reflow (Liu et al. 2023): {PAIRS:,} noises and where the teacher carried them in {TEACHER_STEPS} Euler steps at guidance {GUIDANCE}; the student, which begins as the teacher, learns the straight line between each two. Guidance is part of what it learnt: one call a step, at guidance 1. It is meant for 1, 2 or 4 steps.",
    stack={**TEACHER.stack, "paradigm": "Flow matching, distilled (reflow)"},
    model=DiT(channels=LATENT_CHANNELS, side=16, patch=2),
    objective=FewStepFlow(steps=4),
    latent=True,
    data=f"{PAIRS:,} pairs of noise and flow-dit-latent's image for a training caption",
    start=("flow-dit-latent", ("",)),
    pairs=lambda: pairs(TEACHER, PAIRS, TEACHER_STEPS, GUIDANCE),
    history="the first 1,550 pairs are the teacher's as of about step 11,700, the rest its as of step 11,801, on which the student began; the teacher was trained further since. Steps 1-139 were a schedule of 2 minutes of their own; then the learning rate rose again.",
    sampler={"default": "euler", "steps": 4, "guidanceScale": 1},
    steps_sweep=(1, 2, 4, 8, 20),
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=5, batch=64, lr=5e-4, seed=8))
