import { db, type Tx } from "@/lib/db/client";
import { readModelFacts } from "@/lib/scores/model-facts";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import type { BundledCard } from "@/lib/schemas/stack/bundled-card";
import type {
  StackComparison,
  StackModel,
  StackImage,
  StackSweep,
  StackView,
} from "@/lib/schemas/stack/stack-page";
import { readBundledModels, type BundledModel } from "@/lib/demos/bundled-cards";
import { compareModels } from "@/lib/demos/compare-models";
import {
  adapterPairsOf,
  guidanceSweepOf,
  imageKey,
  planDemos,
  samplersOf,
  stepsSweepOf,
  stripPrompts,
  walkOf,
  type PlannedImage,
} from "@/lib/demos/demo-orders";
import { contrastiveMap } from "@/lib/demos/contrastive-map";
import { readDemoPrompts, type DemoPromptRow } from "@/lib/demos/demo-prompts";
import { COMPARISONS, POST_TRAINING, type Choice } from "@/lib/demos/demo-content";
import { readDemoTexts } from "@/lib/demos/read-demo-texts";
import { readDemoImages, type DemoImages } from "@/lib/demos/read-demo-images";
import { readReconstructions } from "@/lib/demos/read-reconstructions";
import { readRunImages, readSecondsPerMegapixel } from "@/lib/demos/run-images";

/** All that /stack shows: of each bundled model what is there by now, and how much is still being generated. */
export async function readStack(tx: Tx = db()): Promise<StackView> {
  const prompts = await readDemoPrompts(tx);
  const rows = await readBundledModels(tx);
  const { generated, waiting } = await readDemoImages(rows, prompts, tx);
  const cards = rows.map(({ card }) => card);
  const planned = planDemos(cards, prompts);
  const ids = rows.map(({ id }) => id);
  const [{ facts }, images, seconds] = [
    await readModelFacts(ids, null, tx),
    await readRunImages(ids, prompts, tx),
    await readSecondsPerMegapixel(ids, tx),
  ];
  const models = rows.map(({ id, slug, name, card }): StackModel => ({
    slug,
    name,
    card,
    metrics: facts.get(id)?.metrics ?? {},
    secondsPerMegapixel: seconds.get(id) ?? null,
    images: images.get(id) ?? {},
    walk: walkView(card, prompts, generated),
  }));
  return {
    models,
    prompts: prompts.map(({ index, text, category }) => ({ index, text, category })),
    comparisons: await readComparisons(rows, tx),
    steps: sweeps(rows, "steps", generated, prompts),
    guidance: sweeps(rows, "guidanceScale", generated, prompts),
    samplers: rows.flatMap((row) => samplerView(row, generated, prompts)),
    postTraining: postTrainingView(models, prompts),
    adapters: rows.flatMap((row) => adapterView(row, cards, generated)),
    reconstructions: await readReconstructions(tx),
    enhancer: await readDemoTexts(tx),
    map: contrastiveMap,
    progress: {
      generated: planned.filter((image) => generated.has(imageKey(image))).length,
      planned: planned.length,
      waiting,
    },
  };
}

const nameOf = ({ slug, name }: { slug: string; name: string }) => ({ slug, name });

function imageOf(planned: PlannedImage, generated: DemoImages): StackImage | null {
  const image = generated.get(imageKey(planned));
  if (!image) return null;
  return { url: image.url, prompt: planned.prompt, allCorrect: image.allCorrect };
}

function walkView(
  card: BundledCard,
  prompts: readonly DemoPromptRow[],
  generated: DemoImages,
): StackModel["walk"] {
  const [planned] = walkOf(card, prompts);
  const image = planned && generated.get(imageKey(planned));
  if (!image?.filmstrip) return null;
  const { prompt, steps } = planned;
  return { prompt, steps, frames: image.frames, filmstrip: image.filmstrip, image: image.url };
}

async function readComparisons(
  rows: readonly BundledModel[],
  tx: Tx,
): Promise<Record<Choice, StackComparison[]>> {
  const row = (slug: string) => rows.find((each) => each.slug === slug);
  const wanted = (Object.keys(COMPARISONS) as Choice[]).map(
    (choice) =>
      [
        choice,
        (COMPARISONS[choice] as readonly (readonly [string, string])[]).filter((pair) => pair.every(row)),
      ] as const,
  );
  const results = await compareModels(
    wanted.flatMap(([, pairs]) => pairs),
    tx,
  );
  return Object.fromEntries(
    wanted.map(([choice, pairs]) => [
      choice,
      pairs.map(([first, second]) => ({
        first: nameOf(row(first)!),
        second: nameOf(row(second)!),
        result: results.get(`${first} ${second}`) ?? null,
      })),
    ]),
  ) as Record<Choice, StackComparison[]>;
}

/** The sweep of each model that has one: its card's curve where it has one, or what the images generated here say. */
function sweeps(
  rows: readonly BundledModel[],
  setting: "steps" | "guidanceScale",
  generated: DemoImages,
  prompts: readonly DemoPromptRow[],
): StackSweep[] {
  const sweepOf = setting === "steps" ? stepsSweepOf : guidanceSweepOf;
  return rows.flatMap((row) => {
    const planned = sweepOf(row.card, prompts);
    if (planned.length === 0) return [];
    const shown = stripPrompts(prompts);
    const values = [...new Set(planned.map((image) => image[setting]))];
    const curve = setting === "steps" ? row.card.figures.stepsCurve : row.card.figures.guidanceCurve;
    return [
      {
        model: nameOf(row),
        source: curve ? ("card" as const) : ("here" as const),
        points: curve
          ? curve.map(({ allCorrect, interval: [low, high], n, ...at }) => ({
              setting: at[setting] ?? 0,
              value: allCorrect,
              low,
              high,
              n,
            }))
          : values.flatMap((value) =>
              measuredHere(
                value,
                planned.filter((image) => image[setting] === value),
                generated,
              ),
            ),
        strips: values.map((value) => ({
          setting: value,
          images: shown.map(({ text }) => {
            const image = planned.find((each) => each[setting] === value && each.prompt === text);
            return image ? imageOf(image, generated) : null;
          }),
        })),
      },
    ];
  });
}

function measuredHere(
  setting: number,
  planned: readonly PlannedImage[],
  generated: DemoImages,
): StackSweep["points"] {
  const grades = planned.flatMap((image) => generated.get(imageKey(image))?.allCorrect ?? []);
  // A part would be another set of prompts than its neighbours'.
  if (grades.length === 0 || grades.length < planned.length) return [];
  const n = grades.length;
  return [{ setting, n, ...wilsonInterval(grades.filter(Boolean).length, n) }];
}

function samplerView(
  row: BundledModel,
  generated: DemoImages,
  prompts: readonly DemoPromptRow[],
): StackView["samplers"] {
  const planned = samplersOf(row.card, prompts);
  const names = [...new Set(planned.map(({ sampler }) => sampler))];
  if (names.length === 0) return [];
  const rows = names.map((sampler) => ({
    sampler,
    images: planned.filter((image) => image.sampler === sampler).map((each) => imageOf(each, generated)),
  }));
  return [{ model: nameOf(row), rows }];
}

/** The runs' images of the prompts that ask for several different things, before and after post-training. */
function postTrainingView(
  models: readonly StackModel[],
  prompts: readonly DemoPromptRow[],
): StackView["postTraining"] {
  const before = models.find(({ slug }) => slug === POST_TRAINING.before);
  const after = models.find(({ slug }) => slug === POST_TRAINING.after);
  if (!before || !after) return null;
  const shown = prompts.filter(({ category }) => POST_TRAINING.categories.some((each) => each === category));
  return {
    before: nameOf(before),
    after: nameOf(after),
    pairs: shown.map(({ index, text }) => ({
      prompt: text,
      before: before.images[index] ?? null,
      after: after.images[index] ?? null,
    })),
  };
}

function adapterView(
  row: BundledModel,
  cards: readonly BundledCard[],
  generated: DemoImages,
): StackView["adapters"] {
  const pairs = adapterPairsOf(row.card, cards);
  if (pairs.length === 0) return [];
  return [
    {
      model: nameOf(row),
      word: Object.keys(row.card.adapter!.words)[0],
      pairs: pairs.map(({ prompt, adapted, base }) => ({
        prompt,
        adapted: imageOf(adapted, generated),
        base: imageOf(base, generated),
      })),
    },
  ];
}
