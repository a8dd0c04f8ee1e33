"""The mini judge: answers questions about a Toybox image, word by word. `python3 training/toybox_judge.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from training.common.attention import Attention, mlp, sincos_places
from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import CHECKPOINTS, DEVICE, Fit, arguments
from training.common.images import UNSEEN_FOREIGN, foreign, ruin, write
from training.common.questions import (
    ANSWER, CANNOT_TELL, EACH, END, KINDS, LENGTH, NO, PADDING, VOCABULARY, YES, QuestionSplit, fixed, kind_words, mark, reanswered,
)
from training.common.vision import WIDTH, distort, readable, trunk
from training.common.world import Split

D, HEADS, BLOCKS, PLACES = 128, 4, 3, 64


def texture(map_):
    """Mean and standard deviation of every channel over places: [B,2C]."""
    side = int(map_.shape[-1])
    mean, square = F.avg_pool2d(map_, side).flatten(1), F.avg_pool2d(map_ * map_, side).flatten(1)
    return torch.cat([mean, ((square - mean * mean).clamp(min=0) + 1e-4).sqrt()], 1)


class VisionEncoder(nn.Module):
    """[B,3,64,64] in [-1,1] -> memory [B,65,128]: what is at each of 8x8 places, and the image's texture."""

    def __init__(self):
        super().__init__()
        layers = list(trunk())
        self.fine, self.medium, self.coarse = nn.Sequential(*layers[:3]), nn.Sequential(*layers[3:6]), nn.Sequential(*layers[6:])
        self.look, self.feel = nn.Conv2d(WIDTH, D, 1), nn.Linear(2 * (48 + 96), D)
        self.places = nn.Parameter(sincos_places(8, D))
        self.before, self.attend = nn.LayerNorm(D), Attention(D, HEADS)
        self.between, self.think, self.after = nn.LayerNorm(D), mlp(D, 3), nn.LayerNorm(D)

    def forward(self, image):
        fine = self.fine(image)
        medium = self.medium(fine)
        seen = self.look(self.coarse(medium)).flatten(2).transpose(1, 2) + self.places
        felt = self.feel(torch.cat([texture(fine.float()), texture(medium.float())], 1))
        x = torch.cat([seen, felt[:, None]], 1)
        y = self.before(x)
        x = x + self.attend(y, y)
        return self.after(x + self.think(self.between(x)))


class Look(Attention):
    """Cross-attention to an image's memory that also tells where it looked: each head's mean place goes into the answer."""

    def __init__(self):
        super().__init__(D, HEADS)
        line = (torch.arange(8) + 0.5) / 8
        rows, columns = torch.meshgrid(line, line, indexing="ij")
        # The texture stands nowhere: the middle.
        places = torch.cat([torch.stack([columns, rows], 2).reshape(PLACES, 2), torch.full((1, 2), 0.5)])
        self.register_buffer("places", places, persistent=False)
        self.where = nn.Linear(2 * HEADS, D)

    def forward(self, x, memory):
        """x [B,N,D], memory [B,65,D] -> [B,N,D], and the mean place [B,N,2] (shares of the side) that the first head looks at."""
        split = lambda y: y.reshape(y.shape[0], y.shape[1], self.heads, self.head).transpose(1, 2)
        key, value = (split(y) for y in self.key_value(memory).chunk(2, -1))
        weights = torch.softmax((split(self.query(x)) @ key.transpose(-1, -2)) / self.head**0.5, -1)
        mixed = (weights @ value).transpose(1, 2).reshape(x.shape)
        seen = (weights @ self.places.to(weights.dtype)).transpose(1, 2)
        return self.out(mixed) + self.where(4 * (seen - 0.5).reshape(x.shape[0], x.shape[1], 2 * self.heads)), seen[:, :, 0]


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(D) for _ in range(3))
        self.read, self.look, self.think = Attention(D, HEADS), Look(), mlp(D, 3)

    def forward(self, x, memory, mask):
        """Tokens after this block, and the place [.., 2] that each looked at."""
        y = self.norms[0](x)
        x = x + self.read(y, y, mask)
        # Tokens of all questions about an image look at it together: its keys and values are made once.
        looked, place = self.look(self.norms[1](x).reshape(memory.shape[0], -1, D), memory)
        x = x + looked.reshape(x.shape)
        return x + self.think(self.norms[2](x)), place.reshape(x.shape[0], x.shape[1], 2)


class TextDecoder(nn.Module):
    """memory [B,65,128] and tokens [B*Q,L] -> logits [B*Q,L,V] of each next token; a token sees those before it and its image."""

    def __init__(self):
        super().__init__()
        self.words, self.order = nn.Embedding(VOCABULARY, D), nn.Parameter(0.02 * torch.randn(LENGTH, D))
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm, self.say = nn.LayerNorm(D), nn.Linear(D, VOCABULARY)
        nn.init.normal_(self.words.weight, std=0.02 * D ** 0.5)
        self.register_buffer("future", torch.full((LENGTH, LENGTH), -1e4).triu(1), persistent=False)

    def forward(self, memory, tokens, pointing=False):
        """With `pointing` also where the first block's tokens look, [B*Q,L,2] as shares of the side: see `pointing_loss`."""
        length = tokens.shape[1]
        x, looks = self.words(tokens) + self.order[:length], []
        for block in self.blocks:
            x, place = block(x, memory, self.future[:length, :length])
            looks.append(place)
        said = self.say(self.norm(x))
        return (said, looks[0]) if pointing else said


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        self.vision_encoder, self.text_decoder = VisionEncoder(), TextDecoder()

    def start_from_grader(self):
        """The grader's trunk already sees Toybox: the judge learns to talk about it."""
        state = torch.load(CHECKPOINTS / "toybox-grader.pt", map_location="cpu")["ema"]
        layers = [*self.vision_encoder.fine, *self.vision_encoder.medium, *self.vision_encoder.coarse]
        for at, layer in enumerate(layers):
            prefix = f"trunk.{at}."
            layer.load_state_dict({key[len(prefix) :]: value for key, value in state.items() if key.startswith(prefix)})


ASKED = 12
"""Questions an image in a batch: two about its drawing and writing, the others about its scene."""
WEIGHT = np.array([{"relation": 4.0, "match": 2.0}.get(kind, 0.5) for kind in KINDS])
"""What is slow to be learnt is asked more often: where things stand to each other, and whole captions."""
WELL, SPOILED = 0.0, 0.35
"""An image is well drawn where nothing was done to it, and not where the strongest distortion is at least 0.35; between is not asked."""


def prepare(images, tokens, kinds, generator):
    """Spoils, writes on and replaces some images [B,3,64,64]; questions [B,24,L] -> [B,12,L] with answers that are true of what is shown.

    Returns images, tokens [B,12,L], kinds [B,12] and whether the scene can still be seen [B].
    """
    batch = len(images)
    strength = np.zeros(batch, np.float32)
    spoiled = generator.random(batch) < 0.4
    if spoiled.any():
        images[spoiled], level = distort(images[spoiled], generator, share=0.6)
        strength[spoiled] = level.max(1).values.numpy()
    fate = generator.random(batch)
    outside, ruined = fate < 0.05, (fate >= 0.05) & (fate < 0.12)
    if outside.any():
        images[outside] = foreign(outside.sum(), generator)
    if ruined.any():
        images[ruined] = ruin(images[ruined], generator)
    written = (generator.random(batch) < 0.15) & ~outside & ~ruined
    if written.any():
        images[written] = write(images[written], generator)
    # Sampled by weight without replacement (Efraimidis and Spirakis 2006).
    asked = np.argsort(-(generator.random((batch, EACH)) ** (1 / WEIGHT[kinds])), 1)[:, :ASKED]
    rows, what = np.take_along_axis(tokens, asked[:, :, None], 1), np.take_along_axis(kinds, asked, 1)
    for at in range(batch):
        good = not ruined[at] and strength[at] <= WELL
        if ruined[at]:
            # What a ruined image still shows is a matter of opinion: it is asked about its drawing alone.
            for place in range(ASKED):
                rows[at, place], what[at, place] = fixed("quality", generator, False), KINDS.index("quality")
        elif good or strength[at] >= SPOILED:
            rows[at, 0], what[at, 0] = fixed("quality", generator, good), KINDS.index("quality")
        if written[at] or (not ruined[at] and generator.random() < 0.3):
            rows[at, 1], what[at, 1] = fixed("writing", generator, bool(written[at])), KINDS.index("writing")
        if outside[at]:
            rows[at] = [reanswered(row, CANNOT_TELL) for row in rows[at]]
    return images, rows, what, ~(outside | ruined)


def pointing_loss(points, tokens, owners, where, single):
    """How far the words of the questions look beside the things they name: mean distance of [N,L,2] to the centres of kinds.

    A word that looks at its thing, and so knows where it is, makes "left of" easy to learn, which else takes very long.
    `where` [B,K,2] and `single` [B,K]: centres, and whether exactly one of the kind is there to be seen.
    """
    kind = KIND_OF_WORD[tokens]
    row, place = torch.nonzero(kind >= 0, as_tuple=True)
    named, owner = kind[row, place], owners[row]
    seen = single[owner, named]
    if not seen.any():
        return points.sum() * 0
    return (points[row[seen], place[seen]].float() - where[owner[seen], named[seen]]).abs().mean()


KIND_OF_WORD = torch.full((VOCABULARY,), -1, dtype=torch.int64)
for word, number in kind_words().items():
    KIND_OF_WORD[word] = number
POINTING_WEIGHT = 2.0


def answer_loss(judge, memory, rows, truth):
    """Mean cross-entropy of the answers' tokens to `rows` [B,Q,L] plus the pointing loss, and whether the first word of each answer is right [B,Q].

    Each image's short, middling and long questions go apart, each cut to its longest: half of the padding is never computed.
    """
    order = np.argsort((rows != PADDING).sum(2), 1, kind="stable")
    total, count, pointing, right = 0.0, 0, 0.0, np.zeros(rows.shape[:2], bool)
    for third in np.array_split(order, 3, 1):
        part = np.take_along_axis(rows, third[:, :, None], 1).reshape(-1, LENGTH)
        length = int((part != PADDING).sum(1).max())
        tokens = torch.from_numpy(part[:, :length].astype(np.int64)).to(DEVICE)
        starts = torch.from_numpy(mark(part)).to(DEVICE)
        targets = tokens[:, 1:]
        wanted = (torch.arange(length - 1, device=DEVICE)[None] >= starts[:, None]) & (targets != PADDING)
        logits, points = judge.text_decoder(memory, tokens[:, :-1], pointing=True)
        total = total + F.cross_entropy(logits[wanted].float(), targets[wanted], reduction="sum")
        count += int(wanted.sum())
        owners = torch.arange(len(memory), device=DEVICE).repeat_interleave(third.shape[1])
        pointing = pointing + pointing_loss(points, tokens[:, :-1], owners, *truth) / 3
        every = torch.arange(len(part), device=DEVICE)
        hit = (logits[every, starts].argmax(1) == targets[every, starts]).cpu().numpy()
        np.put_along_axis(right, third, hit.reshape(third.shape), 1)
    return total / count, pointing, right


@torch.no_grad()
def answer(judge, images, rows):
    """Answers questions `rows` [B,Q,L] about images greedily, as the backend does.

    Returns whether each whole answer is the true one, bool [B,Q], and log-probabilities [B,Q,V] of its first word.
    """
    right, firsts = [], []
    for at in range(0, len(rows), 100):
        part = rows[at : at + 100].reshape(-1, LENGTH)
        memory = judge.vision_encoder(images[at : at + 100].to(DEVICE))
        owners = torch.arange(len(memory), device=DEVICE).repeat_interleave(rows.shape[1])
        starts = mark(part)
        said = np.where(np.arange(LENGTH)[None] <= starts[:, None], part, PADDING)
        left = np.arange(len(part))
        for offset in range(1, LENGTH):
            here = starts[left] + offset
            tokens = torch.from_numpy(said[left, : here.max()].astype(np.int64)).to(DEVICE)
            logits = judge.text_decoder(memory if offset == 1 else memory[owners[left]], tokens)
            logits = logits[torch.arange(len(left)), torch.from_numpy(here - 1)].float()
            if offset == 1:
                firsts.append(torch.log_softmax(logits, 1).cpu().reshape(-1, rows.shape[1], VOCABULARY))
            word = logits.argmax(1).cpu().numpy()
            said[left, here] = word
            left = left[(word != END) & (here < LENGTH - 1)]
            if len(left) == 0:
                break
        right.append((said == part).all(1).reshape(-1, rows.shape[1]))
    return np.concatenate(right), torch.cat(firsts).numpy()


# The validation split's first scene (export-questions.ts); every sixth is a held-out combination.
VALIDATION_FROM = 10_000_000


def wilson(right, n):
    """95% Wilson interval of a share."""
    z, share = 1.96, right / n
    middle, reach = (share + z * z / (2 * n)) / (1 + z * z / n), z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return [round(float(middle - reach), 4), round(float(middle + reach), 4)]


def share(right):
    """A share of true answers, its n and its interval."""
    right = np.ravel(right)
    return {"share": round(float(np.mean(right)), 4), "n": len(right), "interval": wilson(float(np.sum(right)), len(right))}


def calibration(probability, truth):
    """Expected calibration error over ten bins, and the Brier score, of P(yes) among yes and no."""
    bins = np.minimum((probability * 10).astype(int), 9)
    gaps = [abs(probability[bins == at].mean() - truth[bins == at].mean()) * (bins == at).mean() for at in range(10) if (bins == at).any()]
    return {"expectedCalibrationError": round(float(sum(gaps)), 4), "brier": round(float(((probability - truth) ** 2).mean()), 4), "n": len(truth)}


def examine(judge, scenes=1000, each=4):
    """The card's figures: unseen scenes, one sixth of them held-out combinations; four questions a scene, then drawing and writing."""
    judge.eval()
    split, questions = Split("grader-validation"), QuestionSplit("grader-validation")
    generator = np.random.default_rng(11)
    rows, kinds = questions.tokens[:scenes, :each], questions.kinds[:scenes, :each]
    plain = split.pixels(np.arange(scenes))
    right, logs = answer(judge, plain, rows)
    truth = np.take_along_axis(rows, mark(rows)[..., None] + 1, 2)[..., 0]
    closed, inside = (truth == YES[0]) | (truth == NO[0]), kinds != KINDS.index("outside")
    yes = 1 / (1 + np.exp(logs[..., NO[0]] - logs[..., YES[0]]))
    held_out = (VALIDATION_FROM + np.arange(scenes)) % 6 == 5
    by_kind = {kind: share(right[kinds == at]) for at, kind in enumerate(KINDS) if (kinds == at).any()}

    worse, level = distort(plain, generator, share=0.6)
    worse = torch.cat([worse[level.max(1).values >= SPOILED], ruin(plain[: scenes // 3], generator)])
    signs = write(plain, generator)
    ask = lambda kind, truth, images: answer(judge, images, np.stack([[fixed(kind, generator, truth)] for _ in images]))[0]
    by_kind["quality"] = share(np.concatenate([ask("quality", True, plain), ask("quality", False, worse)]))
    by_kind["writing"] = share(np.concatenate([ask("writing", False, plain), ask("writing", True, signs)]))
    refusals = np.stack([[reanswered(row, CANNOT_TELL) for row in some] for some in rows[:, :1]])
    return {
        "yesNo": share(right[closed]),
        "heldOutCombinations": share(right[held_out][closed[held_out]]),
        "byKind": by_kind,
        "underWriting": share(answer(judge, signs, rows[:, :1])[0]),
        "noToyboxPicture": share(answer(judge, foreign(scenes, generator, UNSEEN_FOREIGN), refusals)[0]),
        "needlesslyCannotTell": share(logs[inside].argmax(1) == CANNOT_TELL[0]),
        "calibration": calibration(yes[closed], (truth[closed] == YES[0]).astype(float)),
    }


def main():
    args = arguments(minutes=15, batch=20, lr=1.5e-3, seed=5)
    torch.manual_seed(args.seed)
    judge = Judge()
    judge.start_from_grader()
    seen = [*judge.vision_encoder.fine.parameters(), *judge.vision_encoder.medium.parameters(), *judge.vision_encoder.coarse.parameters()]
    fit = Fit("toybox-judge", judge.to(memory_format=torch.channels_last), args, ema=0.995, muon=True, gentle=seen)
    split, questions = Split("grader"), QuestionSplit("grader")

    def loss(index, generator):
        generator.shuffle(index)
        images, rows, kinds, visible = prepare(split.pixels(index), questions.tokens[index], questions.kinds[index], generator)
        counts, _colours, centres, _backgrounds = readable(split.truth[index])
        truth = centres.to(DEVICE), ((counts == 1) & torch.from_numpy(visible)[:, None]).to(DEVICE)
        memory = judge.vision_encoder(images.to(DEVICE).contiguous(memory_format=torch.channels_last))
        value, pointing, right = answer_loss(judge, memory, rows, truth)
        shares = {kind: right[kinds == KINDS.index(kind)] for kind in ("match", "relation", "colour", "count", "quality", "outside")}
        named = {kind: float(part.mean()) for kind, part in shares.items() if len(part)}
        return value + POINTING_WEIGHT * pointing, {"pointing": float(pointing), **named}

    judged = fit.ema if args.export_only or args.untrained else fit.run(len(split), loss)
    judged.float()
    figures = {} if args.untrained else examine(judged)
    print(figures, flush=True)
    publish(judged, fit, figures, args)


def publish(judge, fit, figures, args):
    folder = args.untrained / "toybox-judge" if args.untrained else ROOT / "generation/judges/toybox-judge"
    vision_encoder = export_onnx(judge.vision_encoder, {"image": wave(1, 3, 64, 64, amplitude=0.9)}, ["memory"], folder / "vision-encoder.onnx", fixture_path("toybox-judge-vision-encoder", folder))
    tokens = torch.zeros(1, LENGTH, dtype=torch.int64)
    tokens[0, :9] = torch.tensor([5, 9, 30, 41, 12, 50, 7, ANSWER, YES[0]])
    inputs = {"memory": wave(1, PLACES + 1, D, amplitude=0.9), "tokens": tokens}
    text_decoder = export_onnx(judge.text_decoder, inputs, ["logits"], folder / "text-decoder.onnx", fixture_path("toybox-judge-text-decoder", folder))
    card = {
        "id": "toybox-judge",
        "name": "Toybox judge",
        "creator": "Salon",
        "architecture": "Convolutional trunk and one attention block over 64 places and a texture; 3-block causal decoder with cross-attention",
        "imageSize": 64,
        "memoryShape": [PLACES + 1, D],
        "questionLength": LENGTH,
        "questionVocabularySize": VOCABULARY,
        "files": {"visionEncoder": vision_encoder, "textDecoder": text_decoder},
        "parameters": sum(p.numel() for p in judge.parameters()),
        "training": fit.facts("Toybox, 30,000 scenes of the evaluation mix (held-out combinations included), 24 questions each; the trunk starts from the grader's"),
        "figures": figures,
        "license": "Apache-2.0",
        "released": "2026-11-24",
    }
    write_card(folder, card, PROSE + table(figures))


PROSE = """
Looks at a 64x64 Toybox image and answers questions about it, word by word: what is there, how many, in which colour, where, whether
the image is of a caption, whether it is well drawn, whether there is writing. To what it does not know it says "I can't tell".
`docs/mini-judge.md` says how to ask it. It has never seen a photograph; "well drawn" means unspoiled by the blur, wobble, grain and
colour drift it was shown, and is no taste.
"""


def table(figures):
    """Shares of answers that are right, word for word, as Markdown."""
    if not figures:
        return ""
    named = {f"of kind {kind}": figure for kind, figure in figures["byKind"].items()}
    named = {
        "yes/no questions": figures["yesNo"], "those about held-out combinations": figures["heldOutCombinations"], **named,
        "any kind, with writing across the image": figures["underWriting"],
        "\"I can't tell\" of images unlike any it was trained on": figures["noToyboxPicture"],
        "\"I can't tell\" where the answer is in its world (should be 0)": figures["needlesslyCannotTell"],
    }
    rows = "\n".join(f"| {name} | {100 * f['share']:.1f}% | {100 * f['interval'][0]:.1f} to {100 * f['interval'][1]:.1f} | {f['n']} |" for name, f in named.items())
    fit = figures["calibration"]
    return (
        "\n## Answers right on unseen scenes\n\n| questions | share | 95% interval | n |\n| --- | ---: | ---: | ---: |\n" + rows
        + f"\n\nP(yes) of {fit['n']} yes/no questions: expected calibration error {fit['expectedCalibrationError']} (ten bins), Brier score {fit['brier']}."
    )


if __name__ == "__main__":
    main()
