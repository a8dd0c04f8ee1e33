"""Multi-head attention and the parts around it."""

import math

import torch
import torch.nn as nn


class Attention(nn.Module):
    """Queries from x [B,N,d], keys and values from context [B,M,d_context]. `mask` [N,M] is added to the scores."""

    def __init__(self, width, heads, context=None):
        super().__init__()
        self.heads, self.head = heads, width // heads
        self.query, self.key_value = nn.Linear(width, width), nn.Linear(context or width, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x, context, mask=None):
        split = lambda y: y.reshape(y.shape[0], y.shape[1], self.heads, self.head).transpose(1, 2)
        query = split(self.query(x))
        key, value = (split(y) for y in self.key_value(context).chunk(2, -1))
        scores = (query @ key.transpose(-1, -2)) / math.sqrt(self.head)
        weights = torch.softmax(scores if mask is None else scores + mask, -1)
        mixed = (weights @ value).transpose(1, 2)
        return self.out(mixed.reshape(x.shape[0], x.shape[1], self.heads * self.head))


def mlp(width, factor):
    """ReLU: on a CPU the smoother activations cost more than they bring."""
    return nn.Sequential(nn.Linear(width, factor * width), nn.ReLU(), nn.Linear(factor * width, width))


class TimeEmbedding(nn.Module):
    """t [B] in [0,1] -> [B,d]: sinusoids of 1000 t, then a small MLP."""

    def __init__(self, width, sinusoids=128):
        super().__init__()
        self.register_buffer("frequencies", torch.exp(-math.log(10_000) * torch.arange(sinusoids // 2) / (sinusoids // 2)))
        self.layers = nn.Sequential(nn.Linear(sinusoids, width), nn.SiLU(), nn.Linear(width, width))

    def forward(self, t):
        angles = 1000 * t[:, None].float() * self.frequencies
        return self.layers(torch.cat([angles.cos(), angles.sin()], 1))


def sincos_places(side, width):
    """[1, side*side, width] two-dimensional sinusoids, to start learnt positions from."""
    frequencies = torch.exp(-math.log(100) * torch.arange(width // 4) / (width // 4))
    angles = torch.arange(side).float()[:, None] * frequencies
    line = torch.cat([angles.sin(), angles.cos()], 1)
    rows = line[:, None, :].expand(side, side, -1)
    columns = line[None, :, :].expand(side, side, -1)
    return torch.cat([rows, columns], 2).reshape(1, side * side, width)
