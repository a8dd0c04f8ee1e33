import { mkdirSync, writeFileSync } from "node:fs";
import { BACKGROUNDS } from "@/lib/schemas/stack/scene";
import { createRenderer } from "@/generation/world/render";
import { SUBJECT_DRAWINGS, SUBJECT_IMAGES, SUBJECT_WORD } from "@/generation/world/subject";
import { TEXT_LENGTH, tokenize, UNKNOWN_ID, VOCABULARY_SIZE } from "@/generation/world/tokenizer";

/**
 * Writes what the adapter learns from: `npx tsx training/export/subject.ts [folder = training/data]`.
 * subject.images.bin uint8 [10,64,64,3] and subject.tokens.bin uint8 [10,20], where the subject's word has the first id beyond the vocabulary;
 * subject-views.images.bin: 64 other views of it alone, eight on each background, which only its measurement sees; subject.json names it all.
 */
const folder = process.argv[2] ?? "training/data";
mkdirSync(folder, { recursive: true });
const render = await createRenderer(SUBJECT_DRAWINGS);

/** The word is the one the tokenizer does not know. */
const ids = (caption: string) => tokenize(caption).map((id) => (id === UNKNOWN_ID ? VOCABULARY_SIZE : id));

const views = BACKGROUNDS.flatMap((colour) =>
  Array.from({ length: 8 }, (_, index) =>
    render({
      objects: [
        {
          kind: SUBJECT_WORD,
          colour: "own",
          x: 28 + ((index * 3) % 8),
          y: 28 + ((index * 5) % 8),
          size: 40 + ((index * 7) % 13),
        },
      ],
      background: { colour, gradient: index % 2 === 0, said: { colour: true } },
    }),
  ),
);
const images = SUBJECT_IMAGES.map(({ scene }) => render(scene));
writeFileSync(`${folder}/subject.images.bin`, Buffer.concat(images));
writeFileSync(`${folder}/subject-views.images.bin`, Buffer.concat(views));
const tokens = SUBJECT_IMAGES.map(({ caption }) => ids(caption));
writeFileSync(`${folder}/subject.tokens.bin`, Uint8Array.from(tokens.flat()));
const others = [
  "a red ball",
  "a yellow star",
  "a green tree",
  "a blue cup",
  "a pink heart",
  "a brown teddy bear",
];
const prompts = [
  ...BACKGROUNDS.map((colour) => `a ${SUBJECT_WORD} on a ${colour} background`),
  ...others.flatMap((other) =>
    ["left of", "right of", "above", "below"].map((relation) => `a ${SUBJECT_WORD} ${relation} ${other}`),
  ),
];
writeFileSync(
  `${folder}/subject.json`,
  JSON.stringify({
    word: SUBJECT_WORD,
    id: VOCABULARY_SIZE,
    textLength: TEXT_LENGTH,
    captions: SUBJECT_IMAGES.map(({ caption }) => caption),
    prompts: prompts.map((text) => ({ text, tokens: ids(text) })),
  }),
);
console.log(`${folder}: ${images.length} images of a ${SUBJECT_WORD}, ${views.length} views to compare with`);
