"""The word-level text encoder every generator trains along with itself."""

import torch
import torch.nn as nn

from training.common.attention import Attention, mlp
from training.common.world import TEXT_LENGTH, VOCABULARY


class TextEncoder(nn.Module):
    """tokens int64 [B,L] -> words [B,L,d] and their pooled summary [B,d].

    Padding is a word like any other (the empty caption must mean something to classifier-free guidance), so no mask is needed.
    """

    def __init__(self, width, blocks=2, heads=4, vocabulary=VOCABULARY, length=TEXT_LENGTH):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.places = nn.Parameter(torch.randn(1, length, width) * 0.02)
        nn.init.normal_(self.words.weight, std=0.02 * 5)
        self.blocks = nn.ModuleList(nn.ModuleList([nn.LayerNorm(width), Attention(width, heads), nn.LayerNorm(width), mlp(width, 3)]) for _ in range(blocks))
        self.norm = nn.LayerNorm(width)

    def forward(self, tokens):
        x = self.words(tokens) + self.places
        for norm_attention, attention, norm_mlp, feed in self.blocks:
            y = norm_attention(x)
            x = x + attention(y, y)
            x = x + feed(norm_mlp(x))
        x = self.norm(x)
        return x, x.mean(1)


SPARE_WORDS = 6


@torch.no_grad()
def make_room(text: TextEncoder):
    """Adds rows to the word table which no training touched, for the words of adapters (docs/generation.md)."""
    words = text.words.weight
    text.words = nn.Embedding.from_pretrained(torch.cat([words, words.new_zeros(SPARE_WORDS, words.shape[1])]), freeze=False)
