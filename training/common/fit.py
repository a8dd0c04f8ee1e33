"""One training loop for every recipe: a time budget, warm-up and cosine decay, EMA, bf16 where the machine has it, checkpoints that resume."""

import argparse
import copy
import os
import time
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import torch

from training.common.machine import DEVICE, HAS_BF16, machine
from training.common.muon import Muon, is_hidden

CHECKPOINTS = Path(__file__).resolve().parents[1] / "checkpoints"

# Denormals made some steps twenty times slower on this class of CPU.
torch.set_flush_denormal(True)
# Debian's build starts with one thread whatever the machine has.
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count() or 1)))


def arguments(minutes: float, batch: int, lr: float, seed: int = 0) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=minutes, help="training time; the schedule stretches to it")
    parser.add_argument("--until", type=float, help="stop after this many minutes of the schedule; the same command goes on later")
    parser.add_argument("--last-step", type=int, help="stop the schedule at this step and export, as siblings of an ablation must")
    parser.add_argument("--pause", type=float, help="leave after this many minutes of work without exporting; the same command goes on")
    parser.add_argument("--graded", type=int, default=500, help="prompts drawn for the card's figures")
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--lr", type=float, default=lr)
    parser.add_argument("--seed", type=int, default=seed)
    parser.add_argument("--export-only", action="store_true", help="export the last checkpoint and stop")
    parser.add_argument("--untrained", type=Path, help="export random weights here, to test a contract; never publish them")
    return parser.parse_args()


def autocast(enabled: bool = True):
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16) if enabled and HAS_BF16 else nullcontext()


class Fit:
    """Trains `model` on `loss(batch index array) -> scalar` and keeps an exponential moving average of its weights in `ema`.

    A checkpoint every `save_every` seconds holds everything, so a killed run loses little and the same command resumes it.
    The learning rate follows the share of the time budget used (warm-up, flat, then a cosine to zero over the last 30%);
    parameters in `gentle` (already trained ones) get a fifth of it.
    """

    def __init__(self, name, model, args, ema=0.999, save_every=90, weight_decay=0.01, bf16=True, muon=False, gentle=()):
        self.name, self.args, self.bf16, self.save_every = name, args, bf16, save_every
        self.model = model.to(DEVICE)
        self.ema_decay = ema
        self.ema = copy.deepcopy(self.model).eval().requires_grad_(False)
        kept = {id(parameter) for parameter in gentle}
        groups = [{"params": [p for p in model.parameters() if (id(p) in kept) == slow], "pace": 0.2 if slow else 1.0} for slow in (False, True)]
        groups = [group for group in groups if group["params"]]
        self.optimizer = torch.optim.AdamW(groups, lr=args.lr, betas=(0.9, 0.99), weight_decay=weight_decay)
        hidden = [parameter for name, parameter in model.named_parameters() if muon and is_hidden(name, parameter)]
        self.muon = Muon(hidden) if hidden else None
        self.step, self.seconds = 0, 0.0
        self.path = CHECKPOINTS / f"{name}.pt"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and not args.untrained:
            state = torch.load(self.path, map_location=DEVICE, weights_only=False)
            self.model.load_state_dict(state["model"])
            self.ema.load_state_dict(state["ema"])
            self.optimizer.load_state_dict(state["optimizer"])
            if self.muon and state.get("muon"):
                self.muon.buffers = state["muon"]
            self.step, self.seconds = state["step"], state["seconds"]
            print(f"{name}: resumed at step {self.step}, {self.seconds / 60:.1f} min", flush=True)

    def save(self):
        temporary = self.path.with_suffix(".tmp")
        state = {"model": self.model.state_dict(), "ema": self.ema.state_dict(), "optimizer": self.optimizer.state_dict()}
        state["muon"] = self.muon.buffers if self.muon else None
        torch.save({**state, "step": self.step, "seconds": self.seconds}, temporary)
        temporary.replace(self.path)

    def learning_rate(self) -> float:
        warm = min(1.0, (self.step + 1) / 100)
        share = min(1.0, self.seconds / (self.args.minutes * 60))
        decay = 1.0 if share < 0.7 else 0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * (share - 0.7) / 0.3))
        return float(self.args.lr * warm * decay)

    def run(self, count, loss):
        """`loss(index, generator) -> (scalar, dict of numbers to log)`, index an int array of `batch` rows below `count`."""
        self.model.train()
        last_save = last_log = time.time()
        log, pause = {}, self.seconds + 60 * (self.args.pause or float("inf"))
        while self.seconds < 60 * (self.args.until or self.args.minutes) and self.step < (self.args.last_step or float("inf")):
            begun, worked = time.time(), time.process_time()
            # Seeded by the step, so a resumed run sees the batches an unbroken one would have.
            generator = np.random.default_rng([self.args.seed, self.step])
            torch.manual_seed(self.args.seed * 1_000_003 + self.step)
            index = np.sort(generator.integers(0, count, self.args.batch))
            for group in self.optimizer.param_groups:
                group["lr"] = self.learning_rate() * group.get("pace", 1.0)
            with autocast(self.bf16):
                value, numbers = loss(index, generator)
            self.optimizer.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            if self.muon:
                self.muon.step(self.learning_rate())
            self.optimizer.step()
            self.step += 1
            decay = min(self.ema_decay, (1 + self.step) / (10 + self.step))
            with torch.no_grad():
                for average, current in zip(self.ema.state_dict().values(), self.model.state_dict().values()):
                    if average.dtype.is_floating_point:
                        average.lerp_(current, 1 - decay)
                    else:
                        average.copy_(current)
            for key, number in {"loss": value.item(), **numbers}.items():
                log[key] = 0.98 * log.get(key, number) + 0.02 * number
            now = time.time()
            # On a CPU the budget is the process's own time over its threads: busy neighbours must not use up the schedule.
            spent = (time.process_time() - worked) / torch.get_num_threads() if DEVICE.type == "cpu" else now - begun
            self.seconds += spent
            if now - last_log > 15:
                shown = " ".join(f"{key} {number:.4f}" for key, number in log.items())
                print(f"{self.name} step {self.step} {self.seconds / 60:.1f} min {(now - begun):.2f} s/it {shown}", flush=True)
                last_log = now
            if now - last_save > self.save_every:
                self.save()
                last_save = now
            if self.seconds >= pause:
                self.save()
                raise SystemExit(f"{self.name}: paused at step {self.step}, {self.seconds / 60:.1f} min")
        self.save()
        return self.ema

    def facts(self, data: str) -> dict:
        """The card's `training` block."""
        return {
            "recipe": f"training/{self.name.replace('-', '_')}.py",
            "seed": self.args.seed,
            "steps": self.step,
            "batch": self.args.batch,
            "minutes": round(self.seconds / 60, 1),
            "machine": machine(),
            "torch": torch.__version__,
            "data": data,
        }
