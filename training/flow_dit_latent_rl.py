"""flow-dit-latent, trained further on its own images by reinforcement. `python3 training/flow_dit_latent_rl.py`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.common.recipe import Recipe, run
from training.common.dit import DiT
from training.common.fit import arguments
from training.common.latents import LATENT_CHANNELS
from training.common.post_training import post_train
from training.flow_dit_latent import RECIPE as BASE

RECIPE = Recipe(
    id="flow-dit-latent-rl",
    name="Flow DiT (latent, RL)",
    prose="flow-dit-latent, trained further on its own images (post-training): it draws eight of each of 64 captions, a judge says how probable it is that all of the caption is there, and DiffusionNFT (Zheng et al. 2025) moves the flow towards the better ones and away from the others. The judge is a second reading network of another seed and other images (training/toybox_reward.py), not the grader whose figures stand here. A quarter of each batch are real images, which hold it to the world's looks. That training was without guidance; drawn with a little of it, it is right more often still.",
    stack={**BASE.stack, "paradigm": "Flow matching, post-trained (DiffusionNFT)"},
    model=DiT(channels=LATENT_CHANNELS, side=16, patch=2),
    objective=BASE.objective,
    latent=True,
    crowded_share=BASE.crowded_share,
    data="its own images of 7,856 captions of training scenes, none of them in toybox-v1; a quarter of each batch from the 90,000 scenes",
    history="The learning rate was 3e-4 up to step 541, then 5e-4. Up to step 931 captions came evenly within their category; from then on those whose last images missed something came more often. The schedule was lengthened while the rate was flat. Replayed images were of the first third of the scenes; the recipe now takes them from all.",
    start=("flow-dit-latent", ("",)),
    steps_sweep=(1, 2, 4, 8, 20, 50),
    guidance_sweep=(1, 2, 3, 5),
    sampler={"default": "lcm", "steps": 20, "guidanceScale": 2},
)

if __name__ == "__main__":
    run(RECIPE, arguments(minutes=62, batch=128, lr=5e-4, seed=9), post_train)
