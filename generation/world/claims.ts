import { groupsOf, type Group } from "@/generation/world/groups";
import { others } from "@/generation/world/others";
import type { Random } from "@/generation/world/random";
import { clearRelation, OPPOSITE } from "@/generation/world/relations";
import {
  BACKGROUNDS,
  COLOURS,
  OBJECT_KINDS,
  RELATIONS,
  type CaptionTruth,
  type Scene,
} from "@/lib/schemas/stack/scene";

/** A caption that is true of the scene; nothing that the image shows is left out but colours, background and relation. */
function trueClaim(scene: Scene, groups: Group[], random: Random, wantRelation: boolean): CaptionTruth {
  const flipped = groups.length === 2 && scene.relation !== "with" && random.chance(0.5);
  const order = flipped
    ? [groups[1], groups[0]]
    : groups.length === 3
      ? random.pickDistinct(groups, 3)
      : groups;
  const first = flipped ? 1 : 0;
  const relation = groups.length === 2 && wantRelation ? clearRelation(scene, first, 1 - first) : null;
  return {
    objects: order.map((group) => ({ ...group, colour: random.chance(0.85) ? group.colour : null })),
    relation,
    background: random.chance(0.6) ? scene.background.colour : null,
  };
}

/** Ways to make a true caption wrong by one thing; each returns null where it does not apply. */
const MISTAKES: {
  weight: number;
  make: (claim: CaptionTruth, scene: Scene, groups: Group[], random: Random) => CaptionTruth | null;
}[] = [
  {
    weight: 3,
    make: (claim, _scene, groups, random) => {
      const at = Math.floor(random.next() * claim.objects.length);
      const { kind } = claim.objects[at];
      const real = groups.find((group) => group.kind === kind)!.colour;
      // A colour that is elsewhere in the image is the harder lie.
      const near = others(
        groups.map((group) => group.colour),
        [real],
      );
      const wrong =
        near.length > 0 && random.chance(0.5) ? random.pick(near) : random.pick(others(COLOURS, [real]));
      return { ...claim, objects: claim.objects.with(at, { ...claim.objects[at], colour: wrong }) };
    },
  },
  {
    weight: 2,
    make: (claim, _scene, groups, random) => {
      const at = Math.floor(random.next() * claim.objects.length);
      const kind = random.pick(
        others(
          OBJECT_KINDS,
          groups.map((group) => group.kind),
        ),
      );
      return { ...claim, objects: claim.objects.with(at, { ...claim.objects[at], kind }) };
    },
  },
  {
    weight: 3,
    make: (claim, _scene, _groups, random) => {
      if (!claim.relation) return null;
      const opposite = OPPOSITE[claim.relation];
      const relation =
        opposite && random.chance(0.6) ? opposite : random.pick(others(RELATIONS, [claim.relation]));
      return { ...claim, relation };
    },
  },
  {
    weight: 2,
    make: (claim, _scene, groups, random) => {
      const at = Math.floor(random.next() * claim.objects.length);
      if (groups.length > 1 && random.chance(0.7)) return null;
      const count = random.pick(others([1, 2, 3], [claim.objects[at].count]));
      return { ...claim, objects: claim.objects.with(at, { ...claim.objects[at], count }) };
    },
  },
  {
    weight: 1,
    make: (claim, scene, _groups, random) => ({
      ...claim,
      background: random.pick(others(BACKGROUNDS, [scene.background.colour])),
    }),
  },
  {
    // Colours of two objects change places.
    weight: 2,
    make: (claim, _scene, groups) => {
      if (groups.length < 2 || groups[0].colour === groups[1].colour) return null;
      const swapped = new Map([
        [groups[0].kind, groups[1].colour],
        [groups[1].kind, groups[0].colour],
      ]);
      return {
        ...claim,
        objects: claim.objects.map((object) => ({
          ...object,
          colour: swapped.get(object.kind) ?? object.colour,
        })),
      };
    },
  },
  {
    // The image shows one thing more than the caption says.
    weight: 1.5,
    make: (claim, _scene, groups, random) =>
      groups.length < 2
        ? null
        : { ...claim, relation: null, objects: random.pickDistinct(claim.objects, groups.length - 1) },
  },
  {
    // The caption says one thing more than the image shows.
    weight: 1.5,
    make: (claim, _scene, groups, random) => {
      if (groups.length > 2 || claim.relation) return null;
      const kind = random.pick(
        others(
          OBJECT_KINDS,
          groups.map((group) => group.kind),
        ),
      );
      const colour = random.chance(0.8) ? random.pick(COLOURS) : null;
      const objects = [...claim.objects, { kind, colour, count: 1 }];
      return { ...claim, objects: random.pickDistinct(objects, objects.length) };
    },
  },
];

/** A caption that is true of the scene, or (`yes` false) wrong by exactly one thing. */
export function claimAbout(scene: Scene, random: Random, yes: boolean): CaptionTruth {
  const groups = groupsOf(scene);
  const claim = trueClaim(scene, groups, random, random.chance(0.7));
  if (yes) return claim;
  for (;;) {
    const mistake = random.pick(
      MISTAKES,
      MISTAKES.map(({ weight }) => weight),
    );
    const wrong = mistake.make(claim, scene, groups, random);
    if (wrong) return wrong;
  }
}
