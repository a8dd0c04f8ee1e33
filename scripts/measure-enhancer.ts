import { readFileSync, writeFileSync } from "node:fs";
import { enhancePrompts } from "@/generation/enhance-prompts";
import { ModelLibrary } from "@/generation/model-library";
import { parseCaption } from "@/generation/world/caption";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import { addsNothing, grants, sampleTersePair, saysAll } from "@/generation/world/terse-prompt";

/**
 * How well the prompt enhancer does with few and many steps: `npx tsx scripts/measure-enhancer.ts [prompts = 1000]
 * [models folder]`. Terse prompts of the validation split, read by the grammar's own parser; the figures go into its card.
 */
const ID = "prompt-enhancer";
const STEPS = [1, 2, 4, 8, 16];
const BATCH = 50;

const count = Number(process.argv[2] ?? 1000);
const dir = process.argv[3] ?? "generation/models";
const pairs = Array.from({ length: count }, (_, index) => sampleTersePair(index, "enhancer-validation"));
const library = await ModelLibrary.open(dir);
const enhancer = await library.loadEnhancer(ID);
const { temperature } = enhancer.card.sampler;
const never = new AbortController().signal;
const rounded = (value: number) => Math.round(1000 * value) / 1000;
const share = (hits: number) => rounded(hits / count);

let words = 0;
const rows = [];
for (const steps of STEPS) {
  const right = { grammatical: 0, granted: 0, nothingAdded: 0, full: 0, allRight: 0 };
  words = 0;
  for (let at = 0; at < count; at += BATCH) {
    const batch = pairs.slice(at, at + BATCH);
    const tasks = batch.map(({ terse }, index) => ({ prompt: terse, seed: at + index }));
    const written = await enhancePrompts(enhancer, { steps, temperature }, tasks, never);
    written.forEach(({ text, words: length }, index) => {
      words += length / count;
      const truth = parseCaption(text);
      if (!truth) return;
      const { request } = batch[index];
      const verdict = [grants(truth, request), addsNothing(truth, request), saysAll(truth)];
      right.grammatical += 1;
      right.granted += Number(verdict[0]);
      right.nothingAdded += Number(verdict[1]);
      right.full += Number(verdict[2]);
      right.allRight += Number(verdict.every(Boolean));
    });
  }
  rows.push({ steps, ...right });
}
await library.close();

const file = `${dir}/${ID}/card.json`;
const card = JSON.parse(readFileSync(file, "utf8")) as { figures: Record<string, unknown> };
const { wordAccuracyHalfMasked } = card.figures;
const howMeasured = `${count} unseen terse prompts at temperature ${temperature}, read by the grammar's parser: grammatical; granted (all that was asked for is there); nothing added; full (every colour and the background said); all of these. One network call a step, whatever the number of words`;
card.figures = {
  wordAccuracyHalfMasked,
  wordsACaption: Math.round(words * 10) / 10,
  stepsCurve: rows.map(({ steps, allRight, ...right }) => {
    const { low, high } = wilsonInterval(allRight, count);
    const others = Object.entries(right).map(([name, hits]) => [name, share(hits)]);
    return {
      steps,
      n: count,
      allCorrect: share(allRight),
      interval: [rounded(low), rounded(high)],
      ...Object.fromEntries(others),
    };
  }),
  howMeasured,
};
writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);

const table = [
  "| steps (network calls) | grammatical | granted | nothing added | full | all right |",
  "| --- | --- | --- | --- | --- | --- |",
  ...rows.map(
    ({ steps, ...right }) =>
      `| ${steps} | ${Object.values(right)
        .map((hits) => share(hits).toFixed(3))
        .join(" | ")} |`,
  ),
].join("\n");
const prose = `Of masked words, half of a caption hidden, the likeliest guess is right in ${String(wordAccuracyHalfMasked)}.\n\n${table}\n\nA caption has ${words.toFixed(1)} words; a model that writes word by word needs as many calls. ${howMeasured}.`;
const text = readFileSync(`${dir}/${ID}/card.md`, "utf8");
writeFileSync(
  `${dir}/${ID}/card.md`,
  text.replace(/## Figures\n[^]*?\n## Training/, `## Figures\n\n${prose}\n\n## Training`),
);
console.log(table);
