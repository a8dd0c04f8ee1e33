"""Muon (Jordan et al. 2024): momentum, orthogonalised, for the hidden matrices of a network. Fewer steps than AdamW alone."""

import torch

from training.common.machine import HAS_BF16


def is_hidden(name: str, parameter) -> bool:
    """Whether Muon takes it: matrices and kernels inside the blocks, but not the zero-born modulations."""
    inside = any(f"{part}." in name for part in ("blocks", "down", "up", "middle"))
    return inside and parameter.ndim in (2, 4) and "modulation" not in name and "film" not in name


def orthogonalise(batch: torch.Tensor, rounds=5) -> torch.Tensor:
    """Newton-Schulz towards the nearest orthogonal matrix of each of [n,r,c], r <= c: singular values land near 1."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = batch.bfloat16() if HAS_BF16 else batch
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(rounds):
        gram = x @ x.transpose(1, 2)
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.float()


class Muon:
    """Updates matrices [r,c] and convolution kernels (as [out, in*k*k]); each step has a root mean square of about 0.5 lr."""

    def __init__(self, parameters, momentum=0.95):
        self.momentum, self.groups = momentum, {}
        for parameter in parameters:
            shape = (parameter.shape[0], parameter[0].numel())
            self.groups.setdefault(shape, []).append(parameter)
        self.buffers = {shape: torch.zeros(len(group), *shape) for shape, group in self.groups.items()}

    @torch.no_grad()
    def step(self, lr):
        """Steps and clears the gradients, so that a second optimizer passes these parameters by."""
        for shape, group in self.groups.items():
            gradient = torch.stack([parameter.grad.reshape(shape) for parameter in group])
            buffer = self.buffers[shape] = self.buffers[shape].to(gradient.device)
            buffer.lerp_(gradient, 1 - self.momentum)
            update = gradient.lerp(buffer, self.momentum)
            tall = shape[0] > shape[1]
            update = orthogonalise(update.transpose(1, 2)).transpose(1, 2) if tall else orthogonalise(update)
            update = update * (0.5 * lr * max(shape) ** 0.5)
            for parameter, change in zip(group, update):
                parameter.mul_(1 - 0.01 * lr).sub_(change.reshape(parameter.shape))
                parameter.grad = None
