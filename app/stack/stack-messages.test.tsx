import { cleanup } from "@testing-library/react";
import { render } from "../../node_modules/@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { ChapterList } from "@/components/demos/chapter-list";
import { NetworkChapters } from "@/components/demos/network-chapters";
import { OwnPrompt } from "@/components/demos/own-prompt";
import { ParadigmChapters } from "@/components/demos/paradigm-chapters";
import { PostTrainingChapter } from "@/components/demos/post-training-chapter";
import { PriceTable } from "@/components/demos/price-table";
import { PromptGrid } from "@/components/demos/prompt-grid";
import { SamplingChapters } from "@/components/demos/sampling-chapters";
import { TimeChapters } from "@/components/demos/time-chapters";
import { Walk } from "@/components/demos/walk";
import { WordChapters } from "@/components/demos/word-chapters";
import { contrastiveMap } from "@/lib/demos/contrastive-map";
import type { StackModel, StackView } from "@/lib/schemas/stack/stack-page";
import { catalogueOf } from "@/messages/catalogue";
import { outsideTexts } from "@/messages/outside-text";

afterEach(cleanup);

const image = { url: "/1.webp", prompt: "a red ball", allCorrect: true };
const of = { slug: "flow-dit-latent", name: "Flow" };
const model: StackModel = {
  ...of,
  card: {
    id: "flow-dit-latent",
    name: "Flow",
    sampler: { default: "euler", steps: 20, guidanceScale: 3 },
    parameters: 5_359_696,
    training: { minutes: 60, steps: 1000 },
    figures: {},
    license: "Apache-2.0",
  },
  metrics: {},
  secondsPerMegapixel: { value: 2.4, n: 30 },
  images: { 3: image },
  walk: { prompt: "a red ball", frames: 20, steps: 20, filmstrip: "/2.webp", image: "/3.webp" },
};
const result = { n: 100, first: 0.9, second: 0.6, difference: 0.3, low: 0.2, high: 0.4 };
const sweep = { model: of, source: "here" as const, points: [], strips: [{ setting: 2, images: [image] }] };
const stack: StackView = {
  models: [model],
  prompts: [{ index: 3, text: "a red ball", category: "colour" }],
  comparisons: {},
  steps: [sweep],
  guidance: [sweep],
  samplers: [{ model: of, rows: [{ sampler: "euler", images: [image] }] }],
  adapters: [{ model: of, word: "blip", pairs: [{ prompt: "a blip", base: null, adapted: image }] }],
  postTraining: { before: of, after: of, pairs: [{ prompt: "a red ball", before: image, after: null }] },
  reconstructions: {
    psnr: { value: 29.7, low: 29, high: 30, n: 64 },
    pairs: [{ original: "/4.webp", reconstruction: "/5.webp", psnr: 29.7 }],
  },
  enhancer: null,
  map: contrastiveMap,
  progress: { generated: 0, planned: 0, waiting: false },
};
const sections = { stack, of: () => ({ models: [model], comparisons: [{ first: of, second: of, result }] }) };
const time = {
  models: [model],
  clip: { frames: 17, columns: 5, rate: 8 },
  prompts: [{ verb: "spins", prompt: "a star spins", clips: [{ ...of, url: null }] }],
  autoencoder: null,
  progress: stack.progress,
};

test.each<[string, ReactNode]>([
  ["the overview", [<Walk key="walk" models={[{ ...of, walk: model.walk! }]} />, <ChapterList key="list" />]],
  ["the grid", [<PromptGrid key="grid" {...stack} />, <OwnPrompt key="own" />]],
  ["prices", <PriceTable key="prices" models={[model]} />],
  ["paradigms", <ParadigmChapters key="paradigms" {...sections} />],
  ["networks", <NetworkChapters key="networks" {...sections} />],
  ["sampling", <SamplingChapters key="sampling" {...sections} />],
  ["post-training", <PostTrainingChapter key="post-training" {...sections} />],
  ["words", <WordChapters key="words" {...sections} />],
  ["time", <TimeChapters key="time" time={time} of={() => [model]} />],
])("%s of /stack have no text outside of the catalogue but what they mark as such", async (_part, shown) => {
  render(
    <NextIntlClientProvider
      locale="en-XA"
      messages={await catalogueOf("en-XA")}
      timeZone="UTC"
      onError={(error) => {
        throw error;
      }}
    >
      {shown}
    </NextIntlClientProvider>,
  );
  expect(outsideTexts(document.body)).toEqual([]);
});
