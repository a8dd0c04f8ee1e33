"""What every video generator's recipe shares: latents of clips, training, drawing, chaining, grading, the card."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch

from training.common.clips import CLIPS, TEXT_LENGTH, VOCABULARY, ClipSplit, augment_captions, to_bytes, to_tensor
from training.common.export import ROOT, export_onnx, fixture_path, wave, write_card
from training.common.fit import CHECKPOINTS, DEVICE, Fit, autocast
from training.common.measure import shares
from training.common.latents import LATENT_CHANNELS
from training.common.machine import HAS_BF16
from training.common.objectives import Flow, guided
from training.common.dit import DiT, start_from_image_model
from training.common.video_dit import LATENT_FRAMES
from training.common.world import DATA
from training.toybox_video_autoencoder import VIDEO_LATENT_CHANNELS, VideoAutoencoder

SHAPE = (LATENT_FRAMES, VIDEO_LATENT_CHANNELS, 16, 16)
# How many latent frames are given, and how often: the first, and what a clip is chained by. A caption's first frame is drawn by a network
# of its own (toybox_first_frame.py): what moves how is learnt several times as fast where it is seen what is there.
GIVEN, GIVEN_SHARES = (1, 2, 4), (0.78, 0.08, 0.14)

# What moves where is decided while t is under 0.1, for a clip's patches tell of it together: more steps are spent there.
SHIFT = 3.0


# How first frames are learnt and drawn: as images are (flow_dit_latent.py).
FIRST = Flow(mean=-0.8, renoise=True)
FIRST_SAMPLER = {"default": "lcm", "steps": 20, "guidanceScale": 2.5}


def noise_and_clips() -> Flow:
    """Rectified flow whose timesteps, in training as in drawing, crowd where motion is decided. Drawn with fresh noise in every step: of
    several things none is begun as another's double."""
    return Flow(mean=-1.5, spread=1.4, shift=SHIFT, renoise=True)


@dataclass
class VideoRecipe:
    id: str
    name: str
    prose: str
    stack: dict  # paradigm, architecture, representation, textConditioning: the leaderboard's stack facts
    model: torch.nn.Module
    objective: Flow = field(default_factory=noise_and_clips)
    # What `model` begins as, and what the card says of it.
    start: Callable = start_from_image_model
    starts_from: str = "flow-dit-latent-rl (what draws one frame)"
    history: str = ""  # where the committed weights came about otherwise than by one run of the recipe
    # A student's pairs of noise and clip (clip_teacher.py); None: it learns from clips.
    pairs: Callable | None = None
    data: str = f"Toybox in motion, {CLIPS['files']['train']['count']:,} clips, no held-out motion among them"
    sampler: dict = field(default_factory=lambda: {"default": "lcm", "steps": 20, "guidanceScale": 2.5, "shift": SHIFT})


def autoencoder() -> VideoAutoencoder:
    model = VideoAutoencoder()
    model.load_state_dict(torch.load(CHECKPOINTS / "toybox-video-autoencoder.final.pt", map_location="cpu"))
    return model.to(DEVICE).eval().requires_grad_(False)


@torch.no_grad()
def clip_latents(split: ClipSplit, name: str) -> np.ndarray:
    """float16 [N,5,8,16,16], encoded once and kept beside the checkpoints; a run that was killed goes on where it stood."""
    path, done_path = CHECKPOINTS / f"latents-{name}.npy", CHECKPOINTS / f"latents-{name}.done"
    done = int(done_path.read_text()) if done_path.exists() else 0
    latents = np.lib.format.open_memmap(path, "r+" if done else "w+", np.float16, (len(split), *SHAPE))
    model, step = autoencoder(), 32
    for at in range(done, len(split), step):
        with autocast():
            latents[at : at + step] = model.encode(split.pixels(slice(at, at + step)).to(DEVICE)).half().cpu().numpy()
        if at // step % 25 == 0 or at + step >= len(split):
            latents.flush()
            done_path.write_text(str(min(at + step, len(split))))
            print(f"latents of {name}: {min(at + step, len(split))} of {len(split)}", flush=True)
    return latents


def given_frames(count: int, generator: np.random.Generator) -> torch.Tensor:
    """bool [B,5]: the latent frames that are given, from the first on."""
    how_many = torch.from_numpy(generator.choice(GIVEN, count, p=GIVEN_SHARES))
    return torch.arange(LATENT_FRAMES)[None] < how_many[:, None]


def train(recipe: VideoRecipe, args) -> Fit:
    """Rectified flow on clips' latents; frames that are given stand at t = 1, and only the others' error counts."""
    if not args.untrained:
        recipe.start(recipe.model)
    fit = Fit(recipe.id, recipe.model, args, ema=0.998, muon=True)
    if args.export_only or args.untrained:
        return fit
    count, batch = pairs_of(recipe) if recipe.pairs else clips_and_noise()

    def loss(index, generator):
        data, noise, tokens, given = (part.to(DEVICE) for part in batch(index, generator))
        t = recipe.objective.times(len(index)).to(DEVICE)[:, None].expand(-1, LATENT_FRAMES)
        t = torch.where(given, torch.ones_like(t), t)
        level = t[:, :, None, None, None]
        answer = recipe.model(level * data + (1 - level) * noise, t, tokens)
        error = (answer - recipe.objective.target(data, noise, level)).pow(2).mean((2, 3, 4))
        return (error * ~given).sum() / (~given).sum(), {}

    fit.run(count, loss)
    return fit


def clips_and_noise():
    """How many training clips there are, and (index, generator) -> their latents, noise, captions and which frames are given."""
    split = ClipSplit("train")
    latents = clip_latents(split, "clips-train")

    def batch(index, generator):
        data = torch.from_numpy(latents[index].astype(np.float32))
        tokens = augment_captions(split.captions(index), generator)
        return data, torch.randn_like(data), tokens, given_frames(len(index), generator)

    return len(split), batch


def pairs_of(recipe: VideoRecipe):
    """The same of a student's pairs: each noise has its clip."""
    kept = recipe.pairs()

    def batch(index, _):
        noise, data, tokens, given = (torch.from_numpy(kept[key][index]) for key in ("noise", "end", "tokens", "given"))
        return data.float(), noise.float(), tokens.long(), torch.arange(LATENT_FRAMES)[None] < given[:, None]

    return len(kept["given"]), batch


def untrained_first_frame_model() -> DiT:
    """The image transformer with the vocabulary of clips: x [B,4,16,16], t [B], tokens int64 [B,24] -> velocity [B,4,16,16]. The video
    autoencoder's first four channels are the image autoencoder's latent; of a frame that stands alone, the others follow from them."""
    return DiT(channels=LATENT_CHANNELS, side=16, patch=2, vocabulary=VOCABULARY, length=TEXT_LENGTH)


def first_frame_model() -> DiT:
    """What draws first frames, with its average weights."""
    model = untrained_first_frame_model()
    model.load_state_dict(torch.load(CHECKPOINTS / "toybox-first-frame.pt", map_location="cpu")["ema"])
    return model.to(DEVICE).eval()


@torch.no_grad()
def draw_stills(tokens, model=None, seed=0, scale=None, batch=100) -> torch.Tensor:
    """Clips' first frames as latents of images [N,4,16,16], one per caption."""
    model, generator, parts = model or first_frame_model(), torch.Generator().manual_seed(seed), []
    for at in range(0, len(tokens), batch):
        words = tokens[at : at + batch].to(DEVICE)
        noise = torch.randn(len(words), LATENT_CHANNELS, *SHAPE[2:], generator=generator).to(DEVICE)
        with autocast():
            predict = guided(model, words, scale or FIRST_SAMPLER["guidanceScale"])
            parts.append(FIRST.sample(predict, noise, FIRST_SAMPLER["steps"]).float().cpu())
    return torch.cat(parts)


def draw_first(tokens, seed=0) -> torch.Tensor:
    """First latent frames [N,1,8,16,16], one per caption: drawn, decoded and encoded as a first frame that is given."""
    frames, coder = decode_stills(draw_stills(tokens, seed=seed)), autoencoder()
    with torch.no_grad():
        return torch.cat([coder.encode(to_tensor(frames[at : at + 100, None]).to(DEVICE)).cpu() for at in range(0, len(frames), 100)])


@torch.no_grad()
def draw_latents(recipe: VideoRecipe, model, tokens, first, seed=0, steps=None, scale=None, start=None, batch=20) -> torch.Tensor:
    """Latents [N,5,8,16,16], one clip per caption, that go on from `first` [N,K,8,16,16]; `start`: noise instead of the seed's."""
    scale, steps = scale or recipe.sampler["guidanceScale"], steps or recipe.sampler["steps"]
    generator, parts = torch.Generator().manual_seed(seed), []
    for at in range(0, len(tokens), batch):
        words = tokens[at : at + batch].to(DEVICE)
        noise = torch.randn(len(words), *SHAPE, generator=generator) if start is None else start[at : at + batch]
        noise = noise.to(DEVICE)
        known = first[at : at + batch].to(DEVICE)
        count = known.shape[1]
        keep = lambda x: torch.cat([known, x[:, count:]], 1)

        def predict(x, t):
            times = t[:, None].expand(-1, LATENT_FRAMES).clone()
            times[:, :count] = 1
            x = keep(x)
            if scale == 1:
                return model(x, times, words).float()
            both = torch.cat([words, torch.zeros_like(words)])
            captioned, empty = model(torch.cat([x, x]), torch.cat([times, times]), both).float().chunk(2)
            return empty + scale * (captioned - empty)

        with autocast():
            parts.append(keep(recipe.objective.sample(predict, noise, steps)).float().cpu())
    return torch.cat(parts)


@torch.no_grad()
def decode(latents: torch.Tensor, batch=20) -> np.ndarray:
    """uint8 [N,17,64,64,3]."""
    model = autoencoder()
    return np.concatenate([to_bytes(model.decode(latents[at : at + batch].to(DEVICE))) for at in range(0, len(latents), batch)])


@torch.no_grad()
def decode_stills(stills: torch.Tensor, batch=100) -> np.ndarray:
    """Latents of images [N,4,16,16] -> uint8 [N,64,64,3]."""
    model = autoencoder()
    return np.concatenate([to_bytes(model.decode_first(stills[at : at + batch].to(DEVICE))) for at in range(0, len(stills), batch)])


def draw(recipe: VideoRecipe, model, tokens, seed=0) -> np.ndarray:
    """Clips uint8 [N,17,64,64,3], one per caption, by the recipe's own sampler: the first frame, then what follows it."""
    return decode(draw_latents(recipe, model.to(DEVICE), tokens, seed=seed + 1, first=draw_first(tokens, seed=seed)))


def evaluation_prompts():
    """The prompts of clips with token ids, as training/export/clip-prompts.ts wrote them."""
    prompts = json.loads((DATA / "clip-prompts.json").read_text())
    return prompts, torch.tensor([prompt["tokens"] for prompt in prompts])


@torch.no_grad()
def grade(clips: np.ndarray, prompts: list) -> dict:
    """Per prompt, whether every claim of the caption is read from the clip: arrays of bool [N] by aspect."""
    from training.toybox_video_grader import ClipGrader

    grader = ClipGrader()
    grader.load_state_dict(torch.load(CHECKPOINTS / "toybox-video-grader.pt", map_location="cpu")["ema"])
    grader.eval()
    readings = [grader(to_tensor(clips[at : at + 50])) for at in range(0, len(clips), 50)]
    kinds, colours, motions, background = (torch.cat(part) for part in zip(*readings))
    kinds, colours, motions, background = (kinds > 0).numpy(), colours.argmax(2).numpy(), motions.argmax(2).numpy(), background.argmax(1).numpy()
    verdict = {key: np.ones(len(prompts), bool) for key in ("objects", "colours", "motions", "background")}
    for row, prompt in enumerate(prompts):
        truth = prompt["truth"]
        wanted = np.zeros(len(CLIPS["kinds"]), bool)
        for thing in truth["objects"]:
            kind = CLIPS["kinds"].index(thing["kind"])
            wanted[kind] = True
            if thing["colour"] and colours[row, kind] != CLIPS["colours"].index(thing["colour"]):
                verdict["colours"][row] = False
            if thing["motion"] and motions[row, kind] != CLIPS["motions"].index(thing["motion"]):
                verdict["motions"][row] = False
        verdict["objects"][row] = (kinds[row] == wanted).all()
        if truth["background"]:
            verdict["background"][row] = background[row] == CLIPS["backgrounds"].index(truth["background"])
    verdict["all"] = np.logical_and.reduce(list(verdict.values()))
    return verdict


def sheet(clips: np.ndarray, path, columns=9):
    """A row a clip, every second frame."""
    from PIL import Image

    shown = clips[:, ::2][:, :columns]
    canvas = np.full((len(shown) * 66, columns * 66, 3), 255, np.uint8)
    for row, clip in enumerate(shown):
        for column, frame in enumerate(clip):
            canvas[row * 66 : row * 66 + 64, column * 66 : column * 66 + 64] = frame
    Image.fromarray(canvas).save(path)


def example_tokens() -> torch.Tensor:
    """Two captions, one of them empty."""
    tokens = torch.zeros(2, TEXT_LENGTH, dtype=torch.long)
    tokens[0, :5] = torch.tensor([2, 16, 17, 54, 2])
    return tokens


def example_inputs() -> dict:
    """The denoiser's inputs for the exporter and the parity fixture: two clips, one with a caption and a given first frame."""
    times = torch.tensor([[1.0, 0.25, 0.25, 0.25, 0.25], [0.75] * LATENT_FRAMES])
    return {"x": wave(2, *SHAPE, amplitude=1.2), "t": times, "tokens": example_tokens()}


def first_frame_inputs() -> dict:
    """The same of what draws first frames."""
    return {"x": wave(2, LATENT_CHANNELS, *SHAPE[2:], amplitude=1.2), "t": torch.tensor([0.25, 0.75]), "tokens": example_tokens()}


def publish(recipe: VideoRecipe, fit: Fit, args):
    """Exports the average weights, measures them with the clip grader, and writes the card."""
    folder = (args.untrained or ROOT / "generation/models") / recipe.id
    model = fit.ema.float().cpu()
    denoiser = export_onnx(model, example_inputs(), ["prediction"], folder / "denoiser.onnx", fixture_path(recipe.id, folder))
    figures = {}
    if not args.untrained:
        prompts, tokens = evaluation_prompts()
        prompts, tokens = prompts[: args.graded], tokens[: args.graded]
        clips = draw(recipe, model, tokens)
        sheet(clips[:24], CHECKPOINTS / f"{recipe.id}.png")
        sampler = recipe.sampler
        figures = shares(grade(clips, prompts), prompts) | {
            "howMeasured": f"the first {len(prompts)} prompts of training/export/clip-prompts.ts, read by the Toybox video grader; {sampler['steps']} {sampler['default']} steps, guidance {sampler['guidanceScale']}; PyTorch, {'bf16' if HAS_BF16 else 'float32'}"
        }
        print(figures, flush=True)
    card = {
        "id": recipe.id,
        "name": recipe.name,
        "creator": "Salon",
        "task": "text-to-video",
        "family": recipe.objective.family,
        "prediction": recipe.objective.prediction,
        **recipe.stack,
        "imageSize": 64,
        "frames": CLIPS["frames"],
        "sampleShape": list(SHAPE),
        "firstFrame": "toybox-first-frame",
        "decoder": "toybox-video-autoencoder",
        "textLength": TEXT_LENGTH,
        "vocabularySize": VOCABULARY,
        "sampler": recipe.sampler,
        "files": {"denoiser": denoiser},
        "parameters": sum(p.numel() for p in model.parameters()),
        "training": fit.facts(recipe.data) | {"startsFrom": recipe.starts_from} | ({"history": recipe.history} if recipe.history else {}),
        "figures": figures,
        "license": "Apache-2.0",
        "released": "2026-11-30",
    }
    write_card(folder, card, recipe.prose)
