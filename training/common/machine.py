"""What the machine is, and what it multiplies fast."""

import platform

import torch

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def has_bf16() -> bool:
    """Whether the machine multiplies bf16 numbers itself: a CPU that only emulates it takes three times as long as in float32."""
    if DEVICE.type == "cuda":
        return True
    with open("/proc/cpuinfo") as info:
        return any(flag in info.read() for flag in ("avx512_bf16", "amx_bf16"))


HAS_BF16 = has_bf16()


def machine() -> str:
    if DEVICE.type == "cuda":
        return torch.cuda.get_device_name()
    with open("/proc/cpuinfo") as info:
        names = [line.split(":")[1].strip() for line in info if line.startswith("model name")]
    return f"{len(names)}-core {names[0] if names else platform.processor()}"
