import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { encodeImage } from "@/generation/encode-image";
import { startGenerationServer } from "@/generation/server";
import { captionFromTruth } from "@/generation/world/caption";
import { claimAbout } from "@/generation/world/claims";
import { seededRandom, type Random } from "@/generation/world/random";
import { createRenderer } from "@/generation/world/render";
import { sampleBalancedScene } from "@/generation/world/scene-sampler";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS, type CaptionTruth, type Scene } from "@/lib/schemas/stack/scene";

/**
 * Measures the mini judge on pairs of images of one prompt, one right and one wrong in one thing, in both orders over real HTTP,
 * and writes the figures into its card: `npx tsx training/export/judge-pairs.ts [pairs = 800] [folder = generation/judges]`.
 */
const pairs = Number(process.argv[2] ?? 800);
const dir = path.resolve(process.argv[3] ?? "generation/judges");
const MODEL = "toybox-judge";
/** Scenes that neither training nor export-questions.ts's validation ever saw. */
const FROM = 20_000_000;
const STREAM = 300;

/** Makes an image wrong in one thing that the prompt names; null where this prompt does not name it. */
const MISTAKES: Record<string, (scene: Scene, claim: CaptionTruth, random: Random) => Scene | null> = {
  colour: (scene, claim, random) => {
    const named = claim.objects.filter(({ colour }) => colour !== null);
    if (named.length === 0) return null;
    const { kind, colour: right } = random.pick(named);
    const colour = random.pick(COLOURS.filter((each) => each !== right));
    return {
      ...scene,
      objects: scene.objects.map((object) => (object.kind === kind ? { ...object, colour } : object)),
    };
  },
  object: (scene, claim, random) => {
    const { kind } = random.pick(claim.objects);
    const other = random.pick(
      OBJECT_KINDS.filter((each) => scene.objects.every((object) => object.kind !== each)),
    );
    return {
      ...scene,
      objects: scene.objects.map((object) => (object.kind === kind ? { ...object, kind: other } : object)),
    };
  },
  count: (scene, claim) =>
    claim.objects[0].count > 1 ? { ...scene, objects: scene.objects.slice(1) } : null,
  relation: (scene, claim) => {
    if (claim.relation === null || claim.relation === "with") return null;
    const [first, second] = scene.objects;
    const at = ({ x, y, size }: Scene["objects"][number]) => ({ x, y, size });
    return {
      ...scene,
      objects: [
        { ...first, ...at(second) },
        { ...second, ...at(first) },
      ],
    };
  },
  background: (scene, claim, random) =>
    claim.background === null
      ? null
      : {
          ...scene,
          background: {
            ...scene.background,
            colour: random.pick(BACKGROUNDS.filter((each) => each !== claim.background)),
          },
        },
};

const render = await createRenderer();
const server = await startGenerationServer({
  port: 0,
  host: "127.0.0.1",
  modelsDir: "",
  judgesDir: dir,
  queueLimit: 64,
});

async function verdict(prompt: string, urls: string[]): Promise<string> {
  const verdicts = ["A", "B", "both_good", "both_bad", "cannot_tell"];
  const schema = { type: "object", properties: { verdict: { enum: verdicts } } };
  const images = urls.map((url) => ({ type: "image_url", image_url: { url } }));
  const response = await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: MODEL,
      temperature: 0,
      messages: [
        { role: "user", content: [{ type: "text", text: `PROMPT: ${JSON.stringify(prompt)}` }, ...images] },
      ],
      response_format: { type: "json_schema", json_schema: { name: "pair", schema } },
    }),
  });
  const answer = (await response.json()) as { choices: { message: { content: string } }[] };
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return (JSON.parse(answer.choices[0].message.content) as { verdict: string }).verdict;
}

const url = async (scene: Scene) =>
  `data:image/png;base64,${(await encodeImage(render(scene), 64, "png")).toString("base64")}`;

const kinds = Object.keys(MISTAKES);
const tally = Object.fromEntries(kinds.map((kind) => [kind, { right: 0, n: 0 }]));
let flipped = 0;
let tied = 0;
const started = performance.now();
for (let index = 0, done = 0; done < pairs; index += 1) {
  const random = seededRandom(FROM + index, STREAM);
  const scene = sampleBalancedScene(FROM + index, "grader");
  const claim = claimAbout(scene, random, true);
  // Each kind of mistake as often as any other, whatever share of prompts can be got wrong in that way.
  const kind = kinds[done % kinds.length];
  const wrong = MISTAKES[kind](scene, claim, random);
  if (!wrong) continue;
  done += 1;
  const prompt = captionFromTruth(claim);
  const [good, bad] = [await url(scene), await url(wrong)];
  const [first, second] = [await verdict(prompt, [good, bad]), await verdict(prompt, [bad, good])];
  const mirrored = { A: "B", B: "A" }[second] ?? second;
  if (first !== mirrored) flipped += 1;
  for (const given of [first, mirrored]) {
    tally[kind].n += 1;
    if (given === "A") tally[kind].right += 1;
    else if (given !== "B") tied += 1;
  }
}
const seconds = (performance.now() - started) / 1000;
await server.close();

/** A share with Wilson's 95% interval. The verdicts of a pair's two orders are not independent: n counts pairs. */
function share(right: number, verdicts: number) {
  const [n, p, z] = [verdicts / 2, right / verdicts, 1.96];
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const round = (value: number) => Math.round(value * 10_000) / 10_000;
  return { share: round(p), n, interval: [round(middle - reach), round(middle + reach)] };
}

const sum = (key: "right" | "n") => kinds.reduce((total, kind) => total + tally[kind][key], 0);
const figures = {
  accuracy: share(sum("right"), sum("n")),
  byMistake: Object.fromEntries(kinds.map((kind) => [kind, share(tally[kind].right, tally[kind].n)])),
  tieShare: Math.round((tied / sum("n")) * 10_000) / 10_000,
  orderFlipRate: Math.round((flipped / pairs) * 10_000) / 10_000,
  verdictsASecond: Math.round((2 * pairs) / seconds),
};
console.log(JSON.stringify(figures, null, 2));

const file = path.join(dir, MODEL, "card.json");
const card = JSON.parse(readFileSync(file, "utf8")) as { figures: Record<string, unknown> };
const { verdictsASecond: _speed, ...kept } = figures;
card.figures.pairs = kept;
writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);

const HEADING = "## Pairs of images, one right and one wrong";
const percent = (value: number) => (100 * value).toFixed(1);
const row = (name: string, { share: p, n, interval }: ReturnType<typeof share>) =>
  `| ${name} | ${percent(p)}% | ${percent(interval[0])} to ${percent(interval[1])} | ${n} |`;
const table = [
  HEADING,
  "",
  "| wrong in | right image preferred | 95% interval | pairs |",
  "| --- | ---: | ---: | ---: |",
  row("anything", figures.accuracy),
  ...kinds.map((kind) => row(kind, figures.byMistake[kind])),
  "",
  `Neither preferred: ${percent(figures.tieShare)}% (counted as wrong). Verdicts that change with the order: ${percent(figures.orderFlipRate)}%: each ` +
    "image is looked at by itself, so that its place cannot matter.",
  "",
].join("\n");
const page = path.join(dir, MODEL, "card.md");
const before = readFileSync(page, "utf8");
const old = before.indexOf(HEADING);
const next = old === -1 ? before.indexOf("## Training") : old;
const rest = old === -1 ? before.slice(next) : before.slice(before.indexOf("\n## ", old + 1) + 1);
writeFileSync(page, `${before.slice(0, next)}${table}\n${rest}`);
