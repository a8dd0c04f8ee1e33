"""The space-time transformer: patches of latent frames, attention over all of them or over the past alone, text, adaLN."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.attention import TiledAttention, TimeEmbedding, mlp, sincos_places
from training.common.clips import FRAMES, TEXT_LENGTH, VOCABULARY
from training.common.text_encoder import TextEncoder

LATENT_FRAMES = 1 + (FRAMES - 1) // 4


class FusedAttention(nn.Module):
    """attention.Attention in one operation; `bias` float [H,N,N] is added to the scores, -inf where a token may not look."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key_value, self.out = nn.Linear(width, width), nn.Linear(width, 2 * width), nn.Linear(width, width)

    def forward(self, x, context, bias=None):
        split = lambda y: y.unflatten(2, (self.heads, -1)).transpose(1, 2)
        key, value = self.key_value(context).chunk(2, -1)
        query, key, value = split(self.query(x)), split(key), split(value)
        if self.training and bias is not None and x.device.type == "cpu":
            mixed = TiledAttention.apply(query, key, value, bias)
        else:
            mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        return self.out(mixed.transpose(1, 2).flatten(2))


class Reach(nn.Module):
    """How far each head looks in time, learnt: a bias for every pair of latent frames, [H,F*P,F*P].

    Other frames begin with e^-3 of the weight of a token's own, so that the network begins as the image model that it starts from,
    frame by frame, and learns to look further.
    """

    def __init__(self, heads, places, causal):
        super().__init__()
        self.places = places
        self.bias = nn.Parameter(-3 * (1 - torch.eye(LATENT_FRAMES)).repeat(heads, 1, 1))
        later = torch.ones(LATENT_FRAMES, LATENT_FRAMES).triu(1).bool()
        self.register_buffer("later", later if causal else None, persistent=False)

    def forward(self, frames):
        """`frames`: how many latent frames there are, from the first on."""
        heads = len(self.bias)
        bias = self.bias if self.later is None else self.bias.masked_fill(self.later, float("-inf"))
        bias = bias[:, :frames, :frames]
        # Expanded rather than repeated: so the exporter keeps the small table, not the large one.
        wide = bias[:, :, None, :, None].expand(-1, -1, self.places, -1, self.places)
        return wide.reshape(heads, frames * self.places, frames * self.places)


class SpaceTimeBlock(nn.Module):
    """dit.Block, modulated by each latent frame's own time: attention over all tokens, cross-attention to the words, MLP."""

    def __init__(self, width, heads, factor, places, causal):
        super().__init__()
        self.reach = Reach(heads, places, causal)
        self.norm_self = nn.LayerNorm(width, elementwise_affine=False)
        self.norm_cross = nn.LayerNorm(width)
        self.norm_mlp = nn.LayerNorm(width, elementwise_affine=False)
        self.self_attention, self.cross_attention = FusedAttention(width, heads), FusedAttention(width, heads)
        self.mlp = mlp(width, factor)
        self.modulation = nn.Linear(width, 6 * width)
        for layer in (self.modulation, self.cross_attention.out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x, condition, words):
        """x [B,F*P,d], condition [B,F,d] (one a latent frame), words [B,L,d]."""
        frames = condition.shape[1]
        by_frame = lambda y: y.unflatten(1, (frames, -1))
        shift_a, scale_a, gate_a, shift_m, scale_m, gate_m = self.modulation(condition)[:, :, None].chunk(6, -1)
        y = (by_frame(self.norm_self(x)) * (1 + scale_a) + shift_a).flatten(1, 2)
        x = x + (by_frame(self.self_attention(y, y, self.reach(frames))) * gate_a).flatten(1, 2)
        x = x + self.cross_attention(self.norm_cross(x), words)
        y = (by_frame(self.norm_mlp(x)) * (1 + scale_m) + shift_m).flatten(1, 2)
        return x + (by_frame(self.mlp(y)) * gate_m).flatten(1, 2)


class VideoDiT(nn.Module):
    """x [B,F,8,16,16], t [B,F] (one a latent frame: 1 where the frame is given), tokens int64 [B,24] -> velocity [B,F,8,16,16]; F up
    to 5: the first latent frame alone is an image.

    `causal`: a token looks at its own latent frame and at earlier ones, never at a later one. Width, blocks and heads are the
    image transformer's (dit.DiT), so that it can begin with what that one knows of words and shapes.
    """

    def __init__(self, channels=8, side=16, patch=2, width=192, depth=6, heads=4, factor=3, causal=False):
        super().__init__()
        self.channels, self.grid, self.patch = channels, side // patch, patch
        size, places = channels * patch * patch, self.grid * self.grid
        self.text = TextEncoder(width, vocabulary=VOCABULARY, length=TEXT_LENGTH)
        self.time = TimeEmbedding(width)
        self.embed = nn.Linear(size, width)
        self.places = nn.Parameter(sincos_places(self.grid, width))
        self.moments = nn.Parameter(torch.randn(1, LATENT_FRAMES, 1, width) * 0.02)
        self.blocks = nn.ModuleList(SpaceTimeBlock(width, heads, factor, places, causal) for _ in range(depth))
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.modulation = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, size)
        for layer in (self.modulation, self.out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def patches(self, x):
        g, p = self.grid, self.patch
        x = x.reshape(x.shape[0], x.shape[1], self.channels, g, p, g, p).permute(0, 1, 3, 5, 2, 4, 6)
        return x.reshape(x.shape[0], x.shape[1], g * g, self.channels * p * p)

    def frames(self, y):
        g, p = self.grid, self.patch
        y = y.reshape(y.shape[0], y.shape[1], g, g, self.channels, p, p).permute(0, 1, 4, 2, 5, 3, 6)
        return y.reshape(y.shape[0], y.shape[1], self.channels, g * p, g * p)

    def forward(self, x, t, tokens):
        words, summary = self.text(tokens)
        frames = t.shape[1]
        moments = self.time(t.flatten()).unflatten(0, (-1, frames))
        condition = torch.relu(moments + summary[:, None])
        y = (self.embed(self.patches(x)) + self.places[:, None] + self.moments[:, :frames]).flatten(1, 2)
        for block in self.blocks:
            y = block(y, condition, words)
        shift, scale = self.modulation(condition)[:, :, None].chunk(2, -1)
        y = self.norm(y).unflatten(1, (frames, -1)) * (1 + scale) + shift
        return self.frames(self.out(y)).float()
