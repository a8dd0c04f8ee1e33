"""The judge that post-training learns from: a second grader, so that the one the cards are measured with stays out of it.
`python3 training/toybox_reward.py`

The same network as the grader from another seed and of other images (the generators' training split). It stays a checkpoint:
nothing serves it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch

from training.common.fit import Fit, arguments
from training.common.world import Split
from training.toybox_grader import Grader, accuracy, reading


def main():
    model = Grader().to(memory_format=torch.channels_last)
    fit = Fit("toybox-reward", model, arguments(minutes=7, batch=64, lr=1.5e-3, seed=11), ema=0.995)
    split = Split("train")

    print(accuracy(fit.run(len(split), reading(model, split)).float(), Split("grader-validation")), flush=True)


if __name__ == "__main__":
    main()
