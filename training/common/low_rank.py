"""Low-rank adapters (Hu et al. 2022): W + up down in place of W, and the file they are published in."""

import copy
import json
import math

import numpy as np
import onnx
import torch
import torch.nn as nn
from onnx import numpy_helper


class LowRankLinear(nn.Module):
    """A frozen linear layer with a low-rank change of its weight; the change is 0 at first."""

    def __init__(self, linear: nn.Linear, rank: int):
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.down = nn.Parameter(torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, x):
        return self.linear(x) + (x @ self.down.T) @ self.up.T


class ExtraWord(nn.Module):
    """A frozen word table of which one row, that of a new word, is learnt."""

    def __init__(self, table: nn.Embedding, row: int, start: torch.Tensor):
        super().__init__()
        self.table, self.row = table.requires_grad_(False), row
        self.word = nn.Parameter(start.clone())

    def forward(self, tokens):
        return self.table(tokens) + (tokens == self.row).unsqueeze(-1) * self.word


def adapt(model: nn.Module, rank: int, chosen) -> nn.Module:
    """Freezes `model` and puts a LowRankLinear in place of every linear layer whose name `chosen` accepts."""
    model.requires_grad_(False)
    for name, layer in list(model.named_modules()):
        if isinstance(layer, nn.Linear) and chosen(name):
            parent = model.get_submodule(name.rpartition(".")[0])
            setattr(parent, name.rpartition(".")[2], LowRankLinear(layer, rank))
    return model


def changes(model: nn.Module):
    """(frozen weight [r,c], up [r,k], down [k,c]) of every change an adapted model holds, in PyTorch's layout."""
    for layer in model.modules():
        if isinstance(layer, LowRankLinear):
            yield layer.linear.weight, layer.up, layer.down
        elif isinstance(layer, ExtraWord):
            up = torch.zeros(layer.table.num_embeddings, 1)
            up[layer.row] = 1
            yield layer.table.weight, up, layer.word[None]


@torch.no_grad()
def merged(model: nn.Module) -> nn.Module:
    """A plain model as the backend serves it: the changes, rounded to fp16, put into the weights, and these rounded again."""
    model = copy.deepcopy(model)
    for name, layer in list(model.named_modules()):
        if not isinstance(layer, (LowRankLinear, ExtraWord)):
            continue
        inner = layer.linear if isinstance(layer, LowRankLinear) else layer.table
        ((weight, up, down),) = changes(layer)
        inner.weight.copy_((weight + up.half().float() @ down.half().float()).half().float())
        path, _, own = name.rpartition(".")
        setattr(model.get_submodule(path), own, inner)
    return model


@torch.no_grad()
def adapter_tensors(model: nn.Module, base: onnx.ModelProto) -> dict:
    """The tensors of adapter.safetensors (docs/generation.md): each change under its weight's initializer name in `base`, and turned
    as the exporter turned that. A weight is found by its values, which must be those `base` stores."""
    published = {i.name.removesuffix("_fp16"): numpy_helper.to_array(i) for i in base.graph.initializer if i.name.endswith("_fp16")}
    tensors = {}
    for weight, up, down in changes(model):
        values = weight.detach().half().numpy()
        for name, array in published.items():
            same = array.shape == values.shape and np.array_equal(array, values)
            if same or (array.shape == values.T.shape and np.array_equal(array, values.T)):
                first, second = (up, down) if same else (down.T, up.T)
                tensors[f"{name}.up"], tensors[f"{name}.down"] = first.detach().half().contiguous().numpy(), second.detach().half().contiguous().numpy()
                break
        else:
            raise ValueError(f"the base stores no such weight of shape {tuple(values.shape)}")
    return tensors


def safetensors(tensors: dict, metadata: dict) -> bytes:
    """A safetensors file of float16 arrays: the header's length, the header, the data."""
    header, data = {"__metadata__": metadata}, b""
    for name, array in sorted(tensors.items()):
        content = np.ascontiguousarray(array, np.float16).tobytes()
        header[name] = {"dtype": "F16", "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + data


def read_safetensors(content: bytes) -> dict:
    """The float16 arrays of a file as `safetensors` writes it, by name."""
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    return {name: np.frombuffer(content[start:][slice(*entry["data_offsets"])], np.float16).reshape(entry["shape"]) for name, entry in header.items()}


def merge_published(base: onnx.ModelProto, tensors: dict, scale: float) -> onnx.ModelProto:
    """`base` with an adapter's changes in its stored weights, as generation/merge-adapter.ts puts them there."""
    for initializer in base.graph.initializer:
        name = initializer.name.removesuffix("_fp16")
        if f"{name}.up" in tensors:
            up, down = (tensors[f"{name}.{part}"].astype(np.float32) for part in ("up", "down"))
            weight = numpy_helper.to_array(initializer).astype(np.float32) + scale * up @ down
            initializer.CopyFrom(numpy_helper.from_array(weight.astype(np.float16), initializer.name))
    return base
