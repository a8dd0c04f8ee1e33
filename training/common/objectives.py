"""How noise and data are joined, what the network predicts, and how a sampler walks back. One class a paradigm."""

import math

import torch


def column(t):
    return t[:, None, None, None]


def limited_snr(signal, noise):
    """The weight of a clean image's squared error at one noise level: the signal-to-noise ratio, which is the weight a plain
    error of the noise gives it, but at least 1 (Salimans & Ho 2022) and at most 5 (Hang et al. 2023)."""
    return (signal / noise).square().clamp(1, 5)


class DataPredictor(torch.nn.Module):
    """A network that names the clean image, as the denoiser of any paradigm.

    Whatever the paradigm, x_t = signal(t) data + noise(t) noise; scaled to unit variance that is one problem with one knob, the
    angle whose sine is the share of noise. So `net` (scaled x, angle / 90 degrees, tokens) -> data can begin with another
    paradigm's weights; the objective turns the image into what its samplers ask for.
    """

    def __init__(self, net, objective):
        super().__init__()
        self.net, self.objective = net, objective

    # A whole register of one row's numbers: ONNX Runtime computes what is left over of a vector by other instructions, whose last
    # bits differ, and a row's answer must not depend on its place in the batch.
    LANES = 16

    def forward(self, x, t, tokens):
        signal, noise = self.objective.levels(t[:, None].expand(-1, self.LANES))
        total = (signal.square() + noise.square()).sqrt()
        angle = torch.asin((noise / total).clamp(max=1)) * (2 / math.pi)
        signal, noise, total = (value[:, :1, None, None] for value in (signal, noise, total))
        return self.objective.answer(self.net(x / total, angle[:, 0], tokens), x, signal, noise)


class Flow:
    """Rectified flow: x_t = (1 - t) noise + t data, prediction = data - noise. t = 0 is noise, t = 1 data.

    Times are logit-normal (Esser et al. 2024); a negative mean puts more of them on the noisy side. `uniform` is the ablation.
    """

    family, prediction, sampler = "flow", "velocity", "euler"

    def __init__(self, mean=0.0, spread=1.0, uniform=False, shift=1.0, renoise=False):
        self.mean, self.spread, self.uniform, self.shift, self.renoise = mean, spread, uniform, shift, renoise

    def times(self, count):
        return torch.rand(count) if self.uniform else torch.sigmoid(self.mean + self.spread * torch.randn(count))

    @staticmethod
    def levels(t):
        return t, 1 - t

    @staticmethod
    def answer(data, x, signal, noise):
        """The velocity that a clean image implies; the floor keeps its last moments finite."""
        return (data - x) / noise.clamp(min=0.05)

    def target(self, data, noise, t):
        return data - noise

    def weight(self, t):
        return 1.0

    def sample(self, predict, x, steps, seed=1):
        """Euler steps from t = 0 to 1, or with `renoise` the LCM sampler's (generation/samplers/lcm.ts), whose noise `seed` draws; a
        shift above 1 spends more of them near the noise."""
        levels = [1 - step / steps for step in range(steps + 1)]
        times = [1 - self.shift * level / (1 + (self.shift - 1) * level) for level in levels]
        fresh = torch.Generator().manual_seed(seed)
        for now, following in zip(times, times[1:]):
            velocity = predict(x, torch.full((len(x),), now, device=x.device))
            if self.renoise:
                noise = torch.randn(x.shape, generator=fresh).to(x.device)
                x = following * (x + (1 - now) * velocity) + (1 - following) * noise
            else:
                x = x + (following - now) * velocity
        return x


class FewStepFlow(Flow):
    """A flow whose pairs are a teacher's, trained where a few-step sampler stands: three times in four at k / steps, the start
    (which a one-step sampler sees alone) most often; else anywhere."""

    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def times(self, count):
        places = torch.randint(-1, self.steps, (count,)).clamp(min=0) / self.steps
        return torch.where(torch.rand(count) < 0.75, places, torch.rand(count))


class Diffusion:
    """Variance-preserving diffusion with the cosine schedule (Nichol & Dhariwal 2021), t in [0,1] = timestep / T.

    prediction "v" = sqrt(abar) eps - sqrt(1 - abar) x0 (Salimans & Ho 2022), or "eps".
    """

    family, sampler = "ddpm", "ddim"

    def __init__(self, prediction="v", clip=True):
        self.prediction, self.clip = prediction, clip

    @staticmethod
    def alpha_bar(t):
        at = lambda u: torch.cos((u + 0.008) / 1.008 * math.pi / 2) ** 2
        return (at(t) / at(torch.zeros_like(t))).clamp(1e-5, 1 - 1e-5)

    def times(self, count):
        return torch.rand(count)

    @classmethod
    def levels(cls, t):
        bar = cls.alpha_bar(t)
        return bar.sqrt(), (1 - bar).sqrt()

    def answer(self, data, x, signal, noise):
        return (x - signal * data) / noise if self.prediction == "eps" else (signal * x - data) / noise

    def target(self, data, noise, t):
        signal, spread = self.levels(t)
        return noise if self.prediction == "eps" else signal * noise - spread * data

    def weight(self, t):
        """The plain error for v; an error of the noise counts as its clean image's, by the limited ratio of signal to noise."""
        signal, noise = self.levels(t)
        return limited_snr(signal, noise) / (signal / noise).square() if self.prediction == "eps" else 1.0

    def sample(self, predict, x, steps):
        """DDIM (eta 0) on an even grid from t = 1 to 0, the clean image clipped to [-1,1] at every step (pixels, not latents)."""
        for step in range(steps):
            now = torch.full((len(x),), 1 - step / steps, device=x.device)
            bar, next_bar = column(self.alpha_bar(now)), column(self.alpha_bar(now - 1 / steps))
            answer = predict(x, now)
            if self.prediction == "v":
                data = bar.sqrt() * x - (1 - bar).sqrt() * answer
            else:
                data = (x - (1 - bar).sqrt() * answer) / bar.sqrt()
            data = data.clamp(-1, 1) if self.clip else data
            noise = (x - bar.sqrt() * data) / (1 - bar).sqrt()
            x = next_bar.sqrt() * data + (1 - next_bar).sqrt() * noise
        return x


class Score:
    """Denoising score matching, variance exploding (Song et al. 2021): x_t = data + sigma(t) noise, sigma(t) = 0.01 * 5000^t.

    The network says the noise; the score is -noise / sigma. Weighting the score's error by sigma^2 makes that the plain squared
    error of the noise, here limited. Noise levels are log-normal around 1, where shapes are decided (Karras et al. 2022).
    """

    family, prediction, sampler = "score", "eps", "heun"
    smallest, largest = 0.01, 50.0

    @classmethod
    def sigma(cls, t):
        return cls.smallest * (cls.largest / cls.smallest) ** t

    def times(self, count):
        level = torch.exp(1.5 * torch.randn(count)).clamp(self.smallest, self.largest)
        return torch.log(level / self.smallest) / math.log(self.largest / self.smallest)

    @classmethod
    def levels(cls, t):
        return torch.ones_like(t), cls.sigma(t)

    @staticmethod
    def answer(data, x, signal, noise):
        return (x - data) / noise

    def target(self, data, noise, t):
        return noise

    def weight(self, t):
        signal, noise = self.levels(t)
        return limited_snr(signal, noise) * noise.square()

    def sample(self, predict, x, steps):
        """Heun on the probability flow dx / dsigma = noise, levels as Karras et al. 2022 (rho 7); the last step is Euler's."""
        ramp = torch.arange(steps) / max(1, steps - 1)
        levels = (self.largest ** (1 / 7) + ramp * (self.smallest ** (1 / 7) - self.largest ** (1 / 7))) ** 7
        levels = [*levels.tolist(), 0.0]
        time = lambda level: torch.full((len(x),), math.log(level / self.smallest) / math.log(self.largest / self.smallest), device=x.device)
        x = x * self.largest
        for now, following in zip(levels, levels[1:]):
            slope = predict(x, time(now))
            ahead = x + (following - now) * slope
            if following > 0:
                ahead = x + (following - now) / 2 * (slope + predict(ahead, time(following)))
            x = ahead
        return x


def guided(model, tokens, scale):
    """Classifier-free guidance in one batched call: empty + scale (captioned - empty); at scale 1 the captioned alone."""
    both = torch.cat([tokens, torch.zeros_like(tokens)])
    if scale == 1:
        return lambda x, t: model(x, t, tokens).float()

    def predict(x, t):
        captioned, empty = model(torch.cat([x, x]), torch.cat([t, t]), both).float().chunk(2)
        return empty + scale * (captioned - empty)

    return predict
