import {
  BACKGROUNDS,
  COLOURS,
  OBJECT_KINDS,
  RELATIONS,
  type Colour,
  type ObjectKind,
  type Scene,
  type SceneObject,
} from "@/lib/schemas/stack/scene";
import { captionFromTruth, COUNT_WORDS, noun } from "@/generation/world/caption";
import { claimAbout } from "@/generation/world/claims";
import { groupsOf, type Group } from "@/generation/world/groups";
import { others } from "@/generation/world/others";
import { CANNOT_TELL } from "@/generation/world/question-tokenizer";
import type { Random } from "@/generation/world/random";
import { clearRelation, OPPOSITE } from "@/generation/world/relations";

/** What questions are about. The first four have yes/no answers only. Order is part of the exported arrays' contract. */
export const QUESTION_KINDS = [
  "match",
  "presence",
  "colour yes/no",
  "relation",
  "background yes/no",
  "colour",
  "count",
  "background",
  "which",
  "contents",
  "outside",
  "quality",
  "writing",
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** A question about an image, and the true answer. */
export interface Question {
  kind: QuestionKind;
  text: string;
  answer: string;
}

/** How often each kind is asked. Quality and writing depend on what is done to the image afterwards: the recipe asks them. */
const MIX: Partial<Record<QuestionKind, number>> = {
  match: 9,
  presence: 5,
  "colour yes/no": 2,
  // Slow to be learnt: it takes two places at once.
  relation: 9,
  "background yes/no": 1,
  colour: 2,
  count: 2.5,
  background: 1,
  which: 3,
  contents: 1,
  outside: 2,
};

/** Things no Toybox image shows, and words that only look like questions. */
const FOREIGN = ["dog", "cat", "bicycle", "person", "aeroplane", "tall", "shiny", "happy", "table", "seven"];

const TEMPLATES = {
  quality: ["is this picture well drawn", "is the picture well drawn", "is it well drawn"],
  writing: ["is there writing in the picture", "is there any writing", "do you see writing in this picture"],
};
/** The questions whose answers the recipe knows, not the scene. */
export const FIXED_QUESTIONS: Readonly<Record<keyof typeof TEMPLATES, readonly string[]>> = TEMPLATES;

/** "a red ball", "two balls". */
function phrase({ kind, colour, count }: { kind: ObjectKind; colour: Colour | null; count: number }): string {
  return [COUNT_WORDS[count - 1], ...(colour ? [colour] : []), noun(kind, count)].join(" ");
}

type Maker = (
  scene: Scene,
  groups: Group[],
  random: Random,
  yes: boolean,
) => [text: string, answer: string] | null;

const yesNo = (yes: boolean) => (yes ? "yes" : "no");
const isOrAre = (count: number) => (count === 1 ? "is" : "are");

function indefinite(count: number, text: string, random: Random): string {
  const start = random.pick([`${isOrAre(count)} there`, "do you see"], [4, 1]);
  return `${start} ${text}${random.chance(0.3) ? " in the picture" : ""}`;
}

/** "the red ball" or "the ball". */
const named = ({ kind, colour }: Pick<SceneObject, "kind" | "colour">, random: Random) =>
  `the ${random.chance(0.3) ? `${colour} ` : ""}${kind}`;

/** Two different objects of a scene whose kinds occur once. */
function pair(scene: Scene, groups: Group[], random: Random): [number, number] | null {
  if (groups.length < 2) return null;
  const [first, second] = random.pickDistinct(
    scene.objects.map((_, index) => index),
    2,
  );
  return [first, second];
}

const MAKERS: Record<Exclude<QuestionKind, "quality" | "writing">, Maker> = {
  match: (scene, _groups, random, yes) => [
    `does this picture show ${captionFromTruth(claimAbout(scene, random, yes), random.chance(0.6))}`,
    yesNo(yes),
  ],
  presence: (_scene, groups, random, yes) => {
    const group = random.pick(groups);
    const colour = random.chance(0.6) ? group.colour : null;
    // "a ball" is there also where two are; "two balls" are not where three are.
    const count = random.chance(0.5) ? group.count : 1;
    if (yes) return [indefinite(count, phrase({ ...group, colour, count }), random), "yes"];
    const absent = others(
      OBJECT_KINDS,
      groups.map((each) => each.kind),
    );
    const options = [
      { weight: 2, wrong: { kind: random.pick(absent), colour, count } },
      {
        weight: 2,
        wrong: {
          kind: group.kind,
          colour: random.pick(
            others([...COLOURS, ...groups.flatMap((each) => [each.colour, each.colour])], [group.colour]),
          ),
          count,
        },
      },
      { weight: 2, wrong: { kind: group.kind, colour, count: random.pick(others([2, 3], [group.count])) } },
    ];
    const { wrong } = random.pick(
      options,
      options.map(({ weight }) => weight),
    );
    return [indefinite(wrong.count, phrase(wrong), random), "no"];
  },
  "colour yes/no": (_scene, groups, random, yes) => {
    const { kind, colour, count } = random.pick(groups);
    const near = others(
      groups.map((each) => each.colour),
      [colour],
    );
    const wrong =
      near.length > 0 && random.chance(0.4) ? random.pick(near) : random.pick(others(COLOURS, [colour]));
    return [`${isOrAre(count)} the ${noun(kind, count)} ${yes ? colour : wrong}`, yesNo(yes)];
  },
  relation: (scene, groups, random, yes) => {
    const chosen = pair(scene, groups, random);
    const relation = chosen && clearRelation(scene, ...chosen);
    if (!chosen || !relation) return null;
    const opposite = OPPOSITE[relation];
    const wrong = opposite && random.chance(0.6) ? opposite : random.pick(others(RELATIONS, [relation]));
    const [first, second] = chosen.map((index) => named(scene.objects[index], random));
    return [`is ${first} ${yes ? relation : wrong} ${second}`, yesNo(yes)];
  },
  "background yes/no": (scene, _groups, random, yes) => {
    const { colour } = scene.background;
    return [`is the background ${yes ? colour : random.pick(others(BACKGROUNDS, [colour]))}`, yesNo(yes)];
  },
  colour: (_scene, groups, random) => {
    if (random.chance(0.1)) {
      const absent = random.pick(
        others(
          OBJECT_KINDS,
          groups.map(({ kind }) => kind),
        ),
      );
      return [`what colour is the ${absent}`, "none"];
    }
    const { kind, colour, count } = random.pick(groups);
    return [`what colour ${isOrAre(count)} the ${noun(kind, count)}`, colour];
  },
  count: (scene, groups, random) => {
    const answers = ["none", "one", "two", "three"];
    const form = (things: string) => `how many ${things}${random.chance(0.8) ? " are there" : " do you see"}`;
    if (random.chance(0.25)) return [form("things"), answers[scene.objects.length]];
    const absent = others(
      OBJECT_KINDS,
      groups.map(({ kind }) => kind),
    );
    const present = random.pick(groups);
    const kind = random.chance(0.25) ? random.pick(absent) : present.kind;
    return [form(noun(kind, 2)), answers[kind === present.kind ? present.count : 0]];
  },
  background: (scene) => ["what colour is the background", scene.background.colour],
  which: (scene, groups, random) => {
    const chosen = pair(scene, groups, random);
    if (!chosen || groups.length !== 2) return null;
    const relation = clearRelation(scene, ...chosen);
    if (!relation || relation === "with") return null;
    const [answer, other] = chosen.map((index) => scene.objects[index]);
    return [`what is ${relation} ${named(other, random)}`, answer.kind];
  },
  contents: (_scene, groups) => [
    "what is in the picture",
    [...groups]
      .sort((a, b) => OBJECT_KINDS.indexOf(a.kind) - OBJECT_KINDS.indexOf(b.kind))
      .map(({ kind, count }) => noun(kind, count))
      .join(" and "),
  ],
  outside: (scene, groups, random, yes) => {
    const asked = random.pick(["match", "presence", "colour", "count", "relation", "which"] as const);
    const made = MAKERS[asked](scene, groups, random, yes);
    if (!made) return null;
    const words = made[0].split(" ");
    if (random.chance(0.2)) return [random.pickDistinct(words, words.length).join(" "), CANNOT_TELL];
    // Among the later words: a foreign question word is rarer than a foreign thing.
    const at = Math.min(words.length - 1, 2 + Math.floor(random.next() * Math.max(1, words.length - 2)));
    const foreign = random.pick(FOREIGN);
    return [words.toSpliced(at, random.chance(0.7) ? 1 : 0, foreign).join(" "), CANNOT_TELL];
  },
};

/**
 * `count` questions about a scene with their true answers, kinds mixed, yes and no equally often.
 * "Does this picture show ..." asks whether the image is of that caption: nothing named is missing or wrong, and nothing
 * else is there (as grading does). "Is there ..." asks for the named thing alone.
 */
export function questionsAbout(scene: Scene, random: Random, count: number): Question[] {
  const groups = groupsOf(scene);
  const kinds = Object.keys(MIX) as (keyof typeof MAKERS)[];
  const weights = kinds.map((kind) => MIX[kind]!);
  const questions: Question[] = [];
  while (questions.length < count) {
    const kind = random.pick(kinds, weights);
    const made = MAKERS[kind](scene, groups, random, random.chance(0.5));
    if (made) questions.push({ kind, text: made[0], answer: made[1] });
  }
  return questions;
}
