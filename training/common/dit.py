"""The diffusion transformer: patches, self-attention, cross-attention to the caption, adaLN-zero (Peebles & Xie 2023)."""

import torch
import torch.nn as nn

from training.common.attention import Attention, TimeEmbedding, mlp, sincos_places
from training.common.fit import CHECKPOINTS
from training.common.text_encoder import TextEncoder


def modulate(x, shift, scale):
    return x * (1 + scale[:, None]) + shift[:, None]


class Block(nn.Module):
    def __init__(self, width, heads, factor):
        super().__init__()
        self.norm_self = nn.LayerNorm(width, elementwise_affine=False)
        self.norm_cross = nn.LayerNorm(width)
        self.norm_mlp = nn.LayerNorm(width, elementwise_affine=False)
        self.self_attention, self.cross_attention = Attention(width, heads), Attention(width, heads)
        self.mlp = mlp(width, factor)
        self.modulation = nn.Linear(width, 6 * width)
        for layer in (self.modulation, self.cross_attention.out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x, condition, words):
        shift_a, scale_a, gate_a, shift_m, scale_m, gate_m = self.modulation(condition).chunk(6, 1)
        y = modulate(self.norm_self(x), shift_a, scale_a)
        x = x + gate_a[:, None] * self.self_attention(y, y)
        x = x + self.cross_attention(self.norm_cross(x), words)
        return x + gate_m[:, None] * self.mlp(modulate(self.norm_mlp(x), shift_m, scale_m))


class DiT(nn.Module):
    """x [B,C,S,S], t [B], tokens [B,L] -> [B,C,S,S]: velocity, or the velocity that a predicted clean image implies.

    predict_data: the network names the clean image and v = (x1 - x_t) / (1 - t), floored at 0.05: in pixel space with large
    patches clean data is easier to name than noise (Li & He 2025, "Back to basics"). `words`: the text encoder's vocabulary and length.
    """

    def __init__(self, channels, side, patch, width=192, depth=6, heads=4, factor=3, predict_data=False, **words):
        super().__init__()
        self.channels, self.grid, self.patch, self.predict_data = channels, side // patch, patch, predict_data
        size = channels * patch * patch
        self.text = TextEncoder(width, **words)
        self.time = TimeEmbedding(width)
        self.embed = nn.Linear(size, width)
        self.places = nn.Parameter(sincos_places(self.grid, width))
        self.blocks = nn.ModuleList(Block(width, heads, factor) for _ in range(depth))
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.modulation = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, size)
        for layer in (self.modulation, self.out):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def patches(self, x):
        g, p = self.grid, self.patch
        return x.reshape(-1, self.channels, g, p, g, p).permute(0, 2, 4, 1, 3, 5).reshape(-1, g * g, self.channels * p * p)

    def picture(self, y):
        g, p = self.grid, self.patch
        return y.reshape(-1, g, g, self.channels, p, p).permute(0, 3, 1, 4, 2, 5).reshape(-1, self.channels, g * p, g * p)

    def forward(self, x, t, tokens):
        words, summary = self.text(tokens)
        condition = torch.relu(self.time(t) + summary)
        y = self.embed(self.patches(x)) + self.places
        for block in self.blocks:
            y = block(y, condition, words)
        shift, scale = self.modulation(condition).chunk(2, 1)
        answer = self.picture(self.out(modulate(self.norm(y), shift, scale)).float())
        if not self.predict_data:
            return answer
        return (answer - x) / (1 - t).clamp(min=0.05)[:, None, None, None]


@torch.no_grad()
def start_from_image_model(model: torch.nn.Module, source="flow-dit-latent-rl"):
    """Begins a transformer of clips, or of their first frames, as one of images.

    The video autoencoder's first four channels are the image autoencoder's latent, so the image model already draws a frame. What it
    has is copied, into the first rows or columns where this model has more: words of motion, longer captions, channels of motion.
    Those begin small, and what is said of them at zero.
    """
    weights = torch.load(CHECKPOINTS / f"{source}.pt", map_location="cpu")["ema"]
    own = model.state_dict()
    for key, value in weights.items():
        mine = own[key]
        part = tuple(slice(size) for size in value.shape)
        if key == "embed.weight":
            mine.mul_(0.5)
        mine[part] = value[tuple(slice(size) for size in mine.shape)]
    return model
