import { describe, expect, test } from "vitest";
import { parsePromptFiles } from "@/lib/prompt-files/parse-prompt-files";

const parse = (files: Record<string, string>) =>
  parsePromptFiles(
    Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
    { maxPrompts: 1000 },
  );

/** What of a prompt is said in a test: the rest is empty. */
const brief = ({ prompts }: ReturnType<typeof parse>) =>
  prompts.map(({ key, place: _, ...prompt }) => ({
    ...(/^[0-9a-f]{12}$/.test(key) ? {} : { key }),
    ...Object.fromEntries(
      Object.entries(prompt).filter(
        ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
      ),
    ),
  }));

/** Lines in the shape of each benchmark's own file; the texts are ours. */
test.each([
  [
    "partiprompts",
    "PartiPrompts.tsv",
    'Prompt\tCategory\tChallenge\tNote\na grey boat\tVehicles\tBasic\t\na sign that says "Quay 4"\tArts\tWriting & Symbols\ta note\n',
    [
      { text: "a grey boat", category: "Vehicles", tags: ["Basic"] },
      {
        text: 'a sign that says "Quay 4"',
        category: "Arts",
        tags: ["Writing & Symbols"],
        metadata: { Note: "a note" },
      },
    ],
  ],
  [
    "drawbench",
    "data.csv",
    'Prompts,Category\n"a cup, half full",Colors\n',
    [{ text: "a cup, half full", category: "Colors" }],
  ],
  [
    "geneval",
    "evaluation_metadata.jsonl",
    '{"tag": "colors", "include": [{"class": "cup", "count": 1, "color": "red"}], "prompt": "a photo of a red cup"}\n{"tag": "counting", "include": [{"class": "boat", "count": 2}], "exclude": [{"class": "boat", "count": 3}], "prompt": "a photo of two boats"}\n',
    [
      {
        text: "a photo of a red cup",
        category: "colors",
        truth: { kind: "geneval", include: [{ class: "cup", count: 1, color: "red" }] },
      },
      {
        text: "a photo of two boats",
        category: "counting",
        truth: {
          kind: "geneval",
          include: [{ class: "boat", count: 2 }],
          exclude: [{ class: "boat", count: 3 }],
        },
      },
    ],
  ],
  [
    "t2i-compbench",
    "3d_spatial_val.txt",
    "a fish in front of a key\n\na book behind a ball\n",
    [
      { text: "a fish in front of a key", category: "3d_spatial" },
      { text: "a book behind a ball", category: "3d_spatial" },
    ],
  ],
  [
    "dpg-bench",
    "dpg.csv",
    "item_id,text,keywords,proposition_id,dependency,category_broad,category_detailed,tuple,question_natural_language\nx1,A long text.,k,1,0,entity,whole,entity - whole (cup),Is there a cup?\nx1,A long text.,k,2,1,attribute,color,attribute - color (red),Is the cup red?\nx2,Another.,k,1,0,entity,whole,entity - whole (boat),Is there a boat?\n",
    [
      {
        key: "x1",
        text: "A long text.",
        category: "uncategorised",
        metadata: { keywords: "k" },
        truth: {
          kind: "dpg-bench",
          questions: [
            expect.objectContaining({ proposition_id: "1", question_natural_language: "Is there a cup?" }),
            expect.objectContaining({ dependency: "1", question_natural_language: "Is the cup red?" }),
          ],
        },
      },
      expect.objectContaining({ key: "x2", text: "Another." }),
    ],
  ],
  [
    "vbench",
    "VBench_full_info.json",
    '[{"prompt_en": "a cat runs", "dimension": ["subject_consistency", "motion_smoothness"]}, {"prompt_en": "a red bus", "dimension": ["color"], "auxiliary_info": {"color": "red"}}]',
    [
      {
        text: "a cat runs",
        category: "subject_consistency",
        tags: ["subject_consistency", "motion_smoothness"],
      },
      { text: "a red bus", category: "color", tags: ["color"], truth: { kind: "vbench", color: "red" } },
    ],
  ],
  ["hpd", "concept-art.json", '["a tower", "a bridge"]', [{ text: "a tower", category: "concept-art" }, { text: "a bridge", category: "concept-art" }]], // prettier-ignore
  [
    "hpd",
    "anime.json",
    '[{"prompt": "a girl with a lamp", "idx": 3}]',
    [{ text: "a girl with a lamp", category: "anime", metadata: { idx: 3 } }],
  ],
  [
    "pick-a-pic",
    "pick.json",
    '[{"caption": "a lighthouse", "image_0_uid": "a", "image_1_uid": "b", "label_0": 1}, {"caption": "a lighthouse", "image_0_uid": "c", "image_1_uid": "d", "label_0": 0}, {"caption": "a mill", "image_0_uid": "e"}]',
    [
      { text: "a lighthouse", category: "uncategorised" },
      { text: "a mill", category: "uncategorised" },
    ],
  ],
  [
    "gedit",
    "gedit.jsonl",
    '{"key": "k1", "task_type": "color_alter", "instruction": "make the car blue", "instruction_language": "en", "input_image": "imgs/1.png"}\n{"key": "k2", "task_type": "text_change", "instruction": "把字去掉", "instruction_language": "cn", "input_image": "imgs/2.png"}\n',
    [
      {
        key: "k1",
        text: "make the car blue",
        category: "color_alter",
        language: "en",
        sources: ["imgs/1.png"],
      },
      { key: "k2", text: "把字去掉", category: "text_change", language: "zh", sources: ["imgs/2.png"] },
    ],
  ],
  [
    "imgedit",
    "basic_edit.json",
    '{"7": {"id": "animal/1.jpg", "prompt": "Add a hat.", "edit_type": "add"}}',
    [{ key: "7", text: "Add a hat.", category: "add", sources: ["animal/1.jpg"] }],
  ],
  [
    "csv",
    "own.csv",
    "\ufeffid;Text;Category;Tags;Language;Negative Prompt;source_image;author\r\na;a cup;tea;one|two;de_DE;blurry;x.png;Ada\r\n",
    [
      {
        key: "a",
        text: "a cup",
        category: "tea",
        tags: ["one", "two"],
        language: "de-DE",
        negativePrompt: "blurry",
        sources: ["x.png"],
        metadata: { author: "Ada" },
      },
    ],
  ],
  [
    "tsv",
    "own.tsv",
    "prompt\tnote\na\t1\n",
    [{ text: "a", category: "uncategorised", metadata: { note: "1" } }],
  ],
  [
    "jsonl",
    "own.jsonl",
    '{"prompt": "a", "tags": ["x"], "n": 1}\n"b"\n',
    [
      { text: "a", category: "uncategorised", tags: ["x"], metadata: { n: 1 } },
      { text: "b", category: "uncategorised" },
    ],
  ],
  ["json", "own.json", '[{"prompt": "a"}, "b"]', [{ text: "a", category: "uncategorised" }, { text: "b", category: "uncategorised" }]], // prettier-ignore
  ["text", "own.txt", "a cup\r\n\r\na boat, at sea\r\n", [{ text: "a cup", category: "uncategorised" }, { text: "a boat, at sea", category: "uncategorised" }]], // prettier-ignore
  ["text", "macintosh.txt", "a cup\ra boat", [{ text: "a cup", category: "uncategorised" }, { text: "a boat", category: "uncategorised" }]], // prettier-ignore
])("a file in the shape of %s (%s) is read as such", (format, name, text, prompts) => {
  const parsed = parse({ [name]: text });
  expect(parsed.format).toBe(format);
  expect(parsed.errors).toBe(0);
  expect(brief(parsed)).toEqual(prompts);
});

describe("several files", () => {
  test("of text are a prompt each, its file's name its key, as DPG-Bench has them", () => {
    const parsed = parse({ "prompts/a.txt": "A cup\non a table.\n", "prompts/b.txt": "A boat." });
    expect(parsed.format).toBe("text-folder");
    expect(brief(parsed)).toEqual([
      { key: "a", text: "A cup\non a table.", category: "uncategorised" },
      { key: "b", text: "A boat.", category: "uncategorised" },
    ]);
  });
  test("of one benchmark's categories are a category each", () => {
    const parsed = parse({ "color_val.txt": "a red cup\na blue cup\n", "shape_val.txt": "a round cup\n" });
    expect(parsed.prompts.map(({ category }) => category)).toEqual(["color", "color", "shape"]);
    const styles = parse({ "anime.json": '["a"]', "photo.json": '["b"]' });
    expect(styles.prompts.map(({ category }) => category)).toEqual(["anime", "photo"]);
  });
});

test("a prompt keeps its derived key wherever it stands, and another prompt has another", () => {
  const [a, b] = [parse({ "a.txt": "a cup\na boat\n" }), parse({ "a.txt": "a mill\na cup\n" })];
  expect(a.prompts[0].key).toBe(b.prompts[1].key);
  expect(new Set([...a.prompts, ...b.prompts].map(({ key }) => key)).size).toBe(3);
});

test("truth in the form that the bundled grader reads stays so; any other is marked as of another kind", () => {
  const toybox = { objects: [{ kind: "book", colour: null, count: 1 }], relation: null, background: null };
  const lines = [toybox, { objects: [1] }, { include: [] }].map((truth, i) => ({ prompt: `p${i}`, truth }));
  const parsed = parse({ "a.json": JSON.stringify(lines) });
  expect(parsed.prompts.map(({ truth }) => truth)).toEqual([
    toybox,
    { objects: [1], kind: "own" },
    { include: [], kind: "own" },
  ]);
});
