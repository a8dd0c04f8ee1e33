"""The U-Net: down, up, skips, attention to the caption at the coarse levels (Ho et al. 2020; Rombach et al. 2022)."""

import torch
import torch.nn as nn

from training.common.attention import Attention, TimeEmbedding
from training.common.text_encoder import TextEncoder


class GroupNorm(nn.GroupNorm):
    """In float32 also under bf16 autocast, which has no kernel for it on the CPU."""

    def forward(self, x):
        return super().forward(x.float())


class Residual(nn.Module):
    """Norm, FiLM by the condition, two 3x3 convolutions; a 1x1 where the width changes."""

    def __init__(self, inputs, width, condition):
        super().__init__()
        self.norm = GroupNorm(8, inputs)
        self.film = nn.Linear(condition, 2 * inputs)
        self.first, self.second = nn.Conv2d(inputs, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)
        self.skip = nn.Conv2d(inputs, width, 1) if inputs != width else nn.Identity()
        nn.init.zeros_(self.film.weight)
        nn.init.zeros_(self.film.bias)
        nn.init.zeros_(self.second.weight)

    def forward(self, x, condition):
        scale, shift = self.film(condition)[:, :, None, None].chunk(2, 1)
        y = torch.relu(self.norm(x) * (1 + scale) + shift)
        return self.skip(x) + self.second(torch.relu(self.first(y)))


class Attend(nn.Module):
    """Self-attention over the places of a feature map, then cross-attention to the words."""

    def __init__(self, width, text, heads=4):
        super().__init__()
        self.norm_self, self.norm_cross = nn.LayerNorm(width), nn.LayerNorm(width)
        self.self_attention, self.cross_attention = Attention(width, heads), Attention(width, heads, text)
        for attention in (self.self_attention, self.cross_attention):
            nn.init.zeros_(attention.out.weight)

    def forward(self, x, words):
        batch, width, height, across = x.shape
        y = x.flatten(2).transpose(1, 2).float()
        z = self.norm_self(y)
        y = y + self.self_attention(z, z)
        y = y + self.cross_attention(self.norm_cross(y), words)
        return y.transpose(1, 2).reshape(batch, width, height, across)


class UNet(nn.Module):
    """x [B,C,S,S], t [B], tokens [B,L] -> [B,C,S,S]. Down is a fold and a 1x1 (on a CPU the backward of a strided 3x3 costs
    twice as much). `stem` pixels a side are folded into channels before the first level."""

    def __init__(self, channels, stem=4, widths=(96, 144), blocks=(1, 1), attend=(False, True), text=192):
        super().__init__()
        self.text, self.time = TextEncoder(text), TimeEmbedding(text)
        self.fold, self.unfold = nn.PixelUnshuffle(stem), nn.PixelShuffle(stem)
        self.first = nn.Conv2d(channels * stem * stem, widths[0], 3, padding=1)
        self.down, self.up, skips = nn.ModuleList(), nn.ModuleList(), [widths[0]]
        width = widths[0]
        for level, (wide, count) in enumerate(zip(widths, blocks)):
            for _ in range(count):
                self.down.append(nn.ModuleList([Residual(width, wide, text), Attend(wide, text) if attend[level] else None]))
                width = wide
                skips.append(width)
            if level + 1 < len(widths):
                self.down.append(nn.ModuleList([nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(4 * width, widths[level + 1], 1))]))
                width = widths[level + 1]
                skips.append(width)
        self.middle = nn.ModuleList([Residual(width, width, text), Attend(width, text), Residual(width, width, text)])
        for level in reversed(range(len(widths))):
            for _ in range(blocks[level] + 1):
                self.up.append(nn.ModuleList([Residual(width + skips.pop(), widths[level], text), Attend(widths[level], text) if attend[level] else None]))
                width = widths[level]
            if level > 0:
                self.up.append(nn.ModuleList([nn.Upsample(scale_factor=2)]))
        self.norm = GroupNorm(8, width)
        self.last = nn.Conv2d(width, channels * stem * stem, 3, padding=1)
        nn.init.zeros_(self.last.weight)

    def forward(self, x, t, tokens):
        words, summary = self.text(tokens)
        condition = torch.relu(self.time(t) + summary)
        y = self.first(self.fold(x).contiguous(memory_format=torch.channels_last))
        skips = [y]
        for layer in self.down:
            if len(layer) == 1:
                y = layer[0](y)
            else:
                y = layer[0](y, condition)
                y = layer[1](y, words) if layer[1] is not None else y
            skips.append(y)
        y = self.middle[0](y, condition)
        y = self.middle[2](self.middle[1](y, words), condition)
        for layer in self.up:
            if len(layer) == 1:
                y = layer[0](y)
            else:
                y = layer[0](torch.cat([y, skips.pop()], 1), condition)
                y = layer[1](y, words) if layer[1] is not None else y
        return self.unfold(self.last(torch.relu(self.norm(y)))).float()
