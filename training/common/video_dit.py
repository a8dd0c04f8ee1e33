"""The space-time transformer: patches of latent frames, attention over all of them or over the past alone, text, adaLN."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.attention import TimeEmbedding, mlp, sincos_places
from training.common.clips import FRAMES, TEXT_LENGTH, VOCABULARY
from training.common.text_encoder import TextEncoder

LATENT_FRAMES = 1 + (FRAMES - 1) // 4


class FusedAttention(nn.Module):
    """Multi-head attention, queries from x [B,N,d], keys and values from context [B,M,d]; `mask` bool [N,M]: True may look."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key_value, self.out = nn.Linear(width, width), nn.Linear(width, 2 * width), nn.Linear(width, width)

    def forward(self, x, context, mask=None):
        split = lambda y: y.unflatten(2, (self.heads, -1)).transpose(1, 2)
        key, value = self.key_value(context).chunk(2, -1)
        mixed = F.scaled_dot_product_attention(split(self.query(x)), split(key), split(value), attn_mask=mask)
        return self.out(mixed.transpose(1, 2).flatten(2))


class SpaceTimeBlock(nn.Module):
    """Attention over all tokens, cross-attention to the words, MLP. One modulation is shared by all blocks, each adds its own
    offsets to it (adaLN-single, Chen et al. 2023): a quarter of the weights less."""

    def __init__(self, width, heads, factor):
        super().__init__()
        self.norm_self = nn.LayerNorm(width, elementwise_affine=False)
        self.norm_cross = nn.LayerNorm(width)
        self.norm_mlp = nn.LayerNorm(width, elementwise_affine=False)
        self.self_attention, self.cross_attention = FusedAttention(width, heads), FusedAttention(width, heads)
        self.mlp = mlp(width, factor)
        self.modulation_offset = nn.Parameter(torch.zeros(6, width))
        nn.init.zeros_(self.cross_attention.out.weight)
        nn.init.zeros_(self.cross_attention.out.bias)

    def forward(self, x, modulation, words, mask):
        """x [B,F*P,d], modulation [B,F,6,d] (one a frame), words [B,L,d]."""
        frames = modulation.shape[1]
        shift_a, scale_a, gate_a, shift_m, scale_m, gate_m = (modulation + self.modulation_offset).unbind(2)
        by_frame = lambda y: y.unflatten(1, (frames, -1))
        turn = lambda y, shift, scale: (by_frame(y) * (1 + scale[:, :, None]) + shift[:, :, None]).flatten(1, 2)
        gated = lambda y, gate: (by_frame(y) * gate[:, :, None]).flatten(1, 2)
        y = turn(self.norm_self(x), shift_a, scale_a)
        x = x + gated(self.self_attention(y, y, mask), gate_a)
        x = x + self.cross_attention(self.norm_cross(x), words)
        return x + gated(self.mlp(turn(self.norm_mlp(x), shift_m, scale_m)), gate_m)


class VideoDiT(nn.Module):
    """x [B,5,8,16,16], t [B,5] (one a latent frame: 1 where the frame is given), tokens int64 [B,24] -> velocity [B,5,8,16,16].

    `causal`: a token looks at its own latent frame and at earlier ones, never at a later one.
    """

    def __init__(self, channels=8, side=16, patch=2, width=192, depth=8, heads=6, factor=3, causal=False):
        super().__init__()
        self.channels, self.grid, self.patch = channels, side // patch, patch
        size, places = channels * patch * patch, self.grid * self.grid
        self.text = TextEncoder(width, vocabulary=VOCABULARY, length=TEXT_LENGTH)
        self.time = TimeEmbedding(width)
        self.embed = nn.Linear(size, width)
        self.places = nn.Parameter(sincos_places(self.grid, width)[:, None])
        self.moments = nn.Parameter(torch.randn(1, LATENT_FRAMES, 1, width) * 0.02)
        self.modulation = nn.Linear(width, 6 * width)
        self.blocks = nn.ModuleList(SpaceTimeBlock(width, heads, factor) for _ in range(depth))
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.last_modulation = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, size)
        for layer in (self.modulation, self.last_modulation, self.out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        order = torch.arange(LATENT_FRAMES).repeat_interleave(places)
        self.register_buffer("mask", order[:, None] >= order[None, :] if causal else None, persistent=False)

    def patches(self, x):
        g, p = self.grid, self.patch
        x = x.reshape(-1, LATENT_FRAMES, self.channels, g, p, g, p).permute(0, 1, 3, 5, 2, 4, 6)
        return x.reshape(-1, LATENT_FRAMES, g * g, self.channels * p * p)

    def frames(self, y):
        g, p = self.grid, self.patch
        y = y.reshape(-1, LATENT_FRAMES, g, g, self.channels, p, p).permute(0, 1, 4, 2, 5, 3, 6)
        return y.reshape(-1, LATENT_FRAMES, self.channels, g * p, g * p)

    def forward(self, x, t, tokens):
        words, summary = self.text(tokens)
        moments = self.time(t.flatten()).unflatten(0, (-1, LATENT_FRAMES))
        condition = torch.relu(moments + summary[:, None])
        modulation = self.modulation(condition).unflatten(2, (6, -1))
        y = (self.embed(self.patches(x)) + self.places + self.moments).flatten(1, 2)
        for block in self.blocks:
            y = block(y, modulation, words, self.mask)
        shift, scale = self.last_modulation(condition).unflatten(2, (2, -1)).unbind(2)
        y = self.norm(y).unflatten(1, (LATENT_FRAMES, -1)) * (1 + scale[:, :, None]) + shift[:, :, None]
        return self.frames(self.out(y)).float()
