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


class TiledAttention(torch.autograd.Function):
    """softmax(q k' / sqrt(d) + bias) v for [B,H,N,d], two rows of the batch at a time, so that the N x N weights stay in a core's cache:
    on a CPU its backward takes half the time of PyTorch's own. `bias` float [H,N,N], learnt with the rest; -inf: may not look."""

    ROWS = 2

    @staticmethod
    def forward(ctx, q, k, v, bias):
        scale, out, weights = 1 / math.sqrt(q.shape[-1]), torch.empty_like(q), []
        for at in range(0, len(q), TiledAttention.ROWS):
            rows = slice(at, at + TiledAttention.ROWS)
            scores = (q[rows] @ k[rows].transpose(-1, -2)).mul_(scale).add_(bias)
            weights.append(torch.softmax(scores, -1))
            out[rows] = weights[-1] @ v[rows]
        ctx.save_for_backward(q, k, v, *weights)
        return out

    @staticmethod
    def backward(ctx, gradient):
        q, k, v, *weights = ctx.saved_tensors
        scale = 1 / math.sqrt(q.shape[-1])
        of_q, of_k, of_v = torch.empty_like(q), torch.empty_like(k), torch.empty_like(v)
        of_bias = q.new_zeros(weights[0].shape[1:])
        for at, weight in enumerate(weights):
            rows = slice(at * TiledAttention.ROWS, (at + 1) * TiledAttention.ROWS)
            of_v[rows] = weight.transpose(-1, -2) @ gradient[rows]
            of_weight = gradient[rows] @ v[rows].transpose(-1, -2)
            of_scores = torch._softmax_backward_data(of_weight, weight, -1, weight.dtype)
            of_bias += of_scores.sum(0)
            of_scores = of_scores.mul_(scale)
            of_q[rows] = of_scores @ k[rows]
            of_k[rows] = of_scores.transpose(-1, -2) @ q[rows]
        return of_q, of_k, of_v, of_bias
