"""ONNX files with weights stored as fp16, parity fixtures and model cards."""

import hashlib
import json
import math
import os
from inspect import signature
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

ROOT = Path(__file__).resolve().parents[2]


def halve_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Stores every float32 initializer of 1,024 values or more as fp16 behind a Cast: half the bytes, float32 arithmetic."""
    graph = model.graph
    casts, kept = [], []
    for initializer in graph.initializer:
        array = numpy_helper.to_array(initializer)
        if initializer.data_type != TensorProto.FLOAT or array.size < 1024:
            kept.append(initializer)
            continue
        kept.append(numpy_helper.from_array(array.astype(np.float16), f"{initializer.name}_fp16"))
        casts.append(helper.make_node("Cast", [f"{initializer.name}_fp16"], [initializer.name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def to_onnx(module, inputs: dict, outputs: list, path: Path):
    torch.onnx.export(
        module,
        tuple(inputs.values()),
        str(path),
        opset_version=15,
        input_names=list(inputs),
        output_names=outputs,
        dynamic_axes={name: {0: "batch"} for name in [*inputs, *outputs]},
        do_constant_folding=True,
        # Newer PyTorch has a second exporter, which is the default there and knows no opset this old.
        **({"dynamo": False} if "dynamo" in signature(torch.onnx.export).parameters else {}),
    )


def export_onnx(module, inputs: dict, outputs: list, path: Path, fixture: Path = None) -> dict:
    """Exports with a dynamic batch (opset 15) and writes the parity fixture: these inputs and PyTorch's own outputs.

    The fixture's outputs are computed with the weights as stored (rounded to fp16). Returns the card's {path, sha256, bytes}.
    """
    module = module.eval().float().cpu()
    with torch.no_grad():
        for parameter in list(module.parameters()) + list(module.buffers()):
            if parameter.dtype == torch.float32 and parameter.numel() >= 1024:
                parameter.copy_(parameter.half().float())
        answers = module(*inputs.values())
    answers = answers if isinstance(answers, tuple) else (answers,)
    path.parent.mkdir(parents=True, exist_ok=True)
    to_onnx(module, inputs, outputs, path)
    onnx.save(halve_weights(onnx.load(str(path))), str(path))
    if fixture:
        write_fixture(fixture, path, inputs, dict(zip(outputs, answers)))
    data = path.read_bytes()
    return {"path": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def write_fixture(fixture: Path, model: Path, inputs: dict, outputs: dict, kept=400):
    """Float inputs are `wave`s, so a fixture names their amplitude only; of each output about 400 evenly spaced values are kept."""
    described = {}
    for name, value in inputs.items():
        flat = value.flatten()
        if not value.dtype.is_floating_point or len(flat) < 16:
            described[name] = {"dims": list(value.shape), "data": flat.tolist()}
        else:
            described[name] = {"dims": list(value.shape), "amplitude": round(float(flat[1]) / math.sin(FREQUENCY), 3)}
    answers = {}
    for name, value in outputs.items():
        stride = max(1, value.numel() // kept)
        answers[name] = {"dims": list(value.shape), "stride": stride, "data": [round(x, 5) for x in value.flatten()[::stride].tolist()]}
    fixture.parent.mkdir(parents=True, exist_ok=True)
    content = {"model": os.path.relpath(model, ROOT), "frequency": FREQUENCY, "inputs": described, "outputs": answers}
    fixture.write_text(json.dumps(content, indent=1) + "\n")


FREQUENCY = 0.7311


def wave(*shape, amplitude=1.0) -> torch.Tensor:
    """amplitude * sin(0.7311 i) over the flat index i: an input that both sides can make for themselves."""
    numbers = amplitude * np.sin(FREQUENCY * np.arange(np.prod(shape)))
    return torch.from_numpy(numbers.astype(np.float32)).reshape(shape)


def fixture_path(name: str, folder: Path) -> Path:
    """Fixtures belong to committed weights only: exports elsewhere (untrained trials) write none."""
    return ROOT / "tests/fidelity/fixtures" / f"{name}.json" if ROOT in folder.resolve().parents else None


def write_card(folder: Path, card: dict, prose: str):
    """card.json for machines, card.md for people."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n")
    training, figures = card["training"], card.get("figures", {})
    rows = "\n".join(f"| {key} | {value} |" for key, value in figures.items() if not isinstance(value, (dict, list)))
    text = (
        f"# {card['name']}\n\n{prose.strip()}\n\n## Figures\n\n| figure | value |\n| --- | --- |\n{rows}\n\n"
        f"## Training\n\n`python3 {training['recipe']}`: seed {training['seed']}, {training['steps']} steps of {training['batch']}, "
        f"{training['minutes']} minutes on {training['machine']}, PyTorch {training['torch']}. Data: {training['data']}.\n\n"
        + (f"As committed: {training['history']}\n\n" if training.get("history") else "")
        + f"Licence: {card['license']}. Facts for machines: `card.json`.\n"
    )
    (folder / "card.md").write_text(text)
