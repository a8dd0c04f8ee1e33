"""What happens to images before the mini judge sees them: writing, ruin, and images that are no Toybox scene at all."""

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw, ImageFont

SIDE = 64
FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf", "DejaVuSansMono.ttf"]
LETTERS = np.array(list("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!.:"))


def font(generator):
    try:
        return ImageFont.truetype(FONTS[generator.integers(len(FONTS))], int(generator.integers(6, 15)))
    except OSError:
        return ImageFont.load_default()


def write(images: torch.Tensor, generator: np.random.Generator) -> torch.Tensor:
    """Writes lines of made-up words on every image [B,3,64,64], some on plates or a band, in any colour that can be read."""
    out = images.clone()
    for image in out:
        mask, plate = Image.new("L", (SIDE, SIDE)), Image.new("L", (SIDE, SIDE))
        ink, ground = ImageDraw.Draw(mask), ImageDraw.Draw(plate)
        shape, at = font(generator), int(generator.integers(0, 44))
        band = generator.random() < 0.2
        for _ in range(generator.integers(1, 3 if band else 5)):
            words = ["".join(generator.choice(LETTERS, generator.integers(2, 8))) for _ in range(generator.integers(1, 4))]
            left = int(generator.integers(-2, 16))
            box = ink.textbbox((left, at), " ".join(words), font=shape)
            ground.rectangle((0 if band else box[0] - 2, box[1] - 1, SIDE if band else box[2] + 1, box[3] + 1), fill=255)
            ink.text((left, at), " ".join(words), fill=255, font=shape)
            at += int(box[3] - box[1]) + 2
        letters, behind = (torch.from_numpy(np.asarray(layer, np.float32) / 255) for layer in (mask, plate))
        dark = generator.random() < 0.6
        colour = torch.from_numpy((generator.random(3) * 0.5 - (1 if dark else -0.5)).astype(np.float32))
        if band or generator.random() < 0.4:
            under = torch.from_numpy((generator.random(3) * 0.4 + (0.6 if dark else -1)).astype(np.float32))
            image.copy_(image + behind * (under[:, None, None] - image))
        image.copy_(image + letters * (colour[:, None, None] - image))
    return out


def soften(image, generator):
    size = int(generator.choice([7, 9, 11]))
    for _ in range(2):
        image = F.avg_pool2d(F.pad(image[None], [size // 2] * 4, mode="replicate"), size, stride=1)[0]
    return image


def coarsen(image, generator):
    size = int(generator.choice([4, 8]))
    return F.interpolate(F.avg_pool2d(image[None], size), size=SIDE)[0]


def tiles(image, generator):
    side = int(generator.choice([8, 16, 32]))
    at = [(row, column) for row in range(0, SIDE, side) for column in range(0, SIDE, side)]
    out = image.clone()
    # One cycle, so that no tile stays where it was.
    order = generator.permutation(len(at))
    for source, target in zip(order, np.roll(order, 1)):
        (row, column), (to, over) = at[source], at[target]
        out[:, to : to + side, over : over + side] = image[:, row : row + side, column : column + side]
    return out


def cover(image, generator):
    out, (high, wide) = image.clone(), generator.integers(14, 30, 2)
    top, left = int(generator.integers(8, 56 - high)), int(generator.integers(8, 56 - wide))
    shade = generator.random((1 if generator.random() < 0.5 else 3, 1, 1)) * 2 - 1
    out[:, top : top + high, left : left + wide] = torch.from_numpy(shade.astype(np.float32))
    return out


def sprinkle(image, generator):
    return (image + float(generator.uniform(0.35, 0.8)) * torch.from_numpy(generator.standard_normal(image.shape).astype(np.float32))).clamp(-1, 1)


RUINS = [soften, coarsen, tiles, cover, sprinkle, lambda image, generator: -image]


def ruin(images: torch.Tensor, generator: np.random.Generator) -> torch.Tensor:
    """Damages every image [B,3,64,64] beyond dispute: blurred away, coarse, tiles changed about, covered, noise, the negative."""
    return torch.stack([RUINS[generator.integers(len(RUINS))](image, generator) for image in images])


def plane(generator):
    """Coordinates [64,64] along a random direction and across it, in [-0.7, 0.7]."""
    line = np.arange(SIDE) / SIDE - 0.5
    angle = generator.random() * np.pi
    return np.add.outer(np.sin(angle) * line, np.cos(angle) * line), np.add.outer(np.cos(angle) * line, -np.sin(angle) * line)


def mixed(share, generator):
    """Two random colours, mixed by `share` [64,64] in [0,1]: [3,64,64] in [-1,1]."""
    first, second = generator.random((2, 3, 1, 1)) * 2 - 1
    return first + share * (second - first)


def noise(generator):
    coarse = 2 ** int(generator.integers(0, 4))
    return np.repeat(np.repeat(generator.random((3, SIDE // coarse, SIDE // coarse)) * 2 - 1, coarse, 1), coarse, 2)


def clouds(generator):
    small = torch.from_numpy(generator.standard_normal((1, 3, *[int(generator.integers(3, 14))] * 2)))
    return F.interpolate(small, size=SIDE, mode="bicubic", align_corners=True)[0].clamp(-1, 1).numpy()


def stripes(generator):
    wave = np.sin(plane(generator)[0] * generator.uniform(12, 90))
    return mixed((wave > 0) if generator.random() < 0.5 else (wave + 1) / 2, generator)


def shapes(generator):
    drawing = Image.new("RGB", (SIDE, SIDE), tuple(int(value) for value in generator.integers(0, 256, 3)))
    pen = ImageDraw.Draw(drawing)
    for _ in range(generator.integers(5, 16)):
        corners = sorted(int(value) for value in generator.integers(-8, 72, 2)), sorted(int(value) for value in generator.integers(-8, 72, 2))
        draw = pen.ellipse if generator.random() < 0.5 else pen.rectangle
        draw((corners[0][0], corners[1][0], corners[0][1], corners[1][1]), fill=tuple(int(value) for value in generator.integers(0, 256, 3)))
    return np.asarray(drawing, np.float32).transpose(2, 0, 1) / 127.5 - 1


def flat(generator):
    return mixed(np.clip(plane(generator)[0] + 0.5, 0, 1) * (generator.random() < 0.5), generator)


def rings(generator):
    centre = generator.random(2) * SIDE
    rows, columns = np.mgrid[:SIDE, :SIDE]
    return mixed((np.sin(np.hypot(rows - centre[0], columns - centre[1]) * generator.uniform(0.2, 1)) + 1) / 2, generator)


def cells(generator):
    seeds = generator.random((int(generator.integers(6, 40)), 2)) * SIDE
    rows, columns = np.mgrid[:SIDE, :SIDE]
    nearest = np.hypot(rows[..., None] - seeds[:, 0], columns[..., None] - seeds[:, 1]).argmin(-1)
    return (generator.random((len(seeds), 3)) * 2 - 1)[nearest].transpose(2, 0, 1)


# The last two are never trained on: they tell how well "can't tell" carries over.
FOREIGN = [noise, clouds, stripes, shapes, flat]
UNSEEN_FOREIGN = [rings, cells]


def foreign(count: int, generator: np.random.Generator, families=FOREIGN) -> torch.Tensor:
    """Images [B,3,64,64] that are no Toybox scenes."""
    made = [families[generator.integers(len(families))](generator) for _ in range(count)]
    return torch.from_numpy(np.stack(made).astype(np.float32))
