import { describe, expect, it } from "vitest";
import { leadsOutside } from "@/lib/samples/file-name";
import { findManifest, matchByManifest } from "@/lib/samples/manifest";
import { matchFiles } from "@/lib/samples/match-files";
import type { NamedPrompt } from "@/lib/samples/read-name";
import { problemSentence } from "@/lib/schemas/sample-uploads";

const set = (...keys: (string | null)[]): NamedPrompt[] =>
  keys.map((key, index) => ({ index, key, text: `the text ${index}` }));
const ANIMALS = set("cat", "dog", "red_fox", "v1.5", "café");
const NUMBERED = set(...Array.from({ length: 12 }, () => null));

/** "name -> prompt/sample", sorted; and "name: code" of what did not fit. */
function match(files: string[], prompts: NamedPrompt[]) {
  const { layout, placed, problems } = matchFiles(files, prompts);
  return {
    layout,
    placed: placed.map((file) => `${file.name} -> ${file.promptIndex}/${file.sampleIndex}`),
    problems: problems.map(({ name, code }) => `${name}: ${code}`).sort(),
  };
}

describe("the layout of an upload is decided once for all files", () => {
  const cases: [string, string[], NamedPrompt[], string, string[]][] = [
    ["KEY/0.png", ["cat/0.png", "cat/1.png", "dog/0.png"], ANIMALS, "key/n", ["0/0", "0/1", "1/0"]],
    ["KEY_0.png", ["cat_0.png", "cat_1.png", "red_fox_0.png"], ANIMALS, "key_n", ["0/0", "0/1", "2/0"]],
    ["KEY-0.png", ["cat-0.png", "dog-3.png"], ANIMALS, "key-n", ["0/0", "1/3"]],
    ["KEY.png", ["cat.png", "red_fox.png", "v1.5.png"], ANIMALS, "key", ["0/0", "2/0", "3/0"]],
    ["a key with a dot and no extension", ["v1.5", "cat"], ANIMALS, "key", ["3/0", "0/0"]],
    [
      "GenEval's folders",
      ["00000/samples/0000.png", "00000/samples/0003.png", "00011/samples/0000.png"],
      NUMBERED,
      "index/samples/n",
      ["0/0", "0/3", "11/0"],
    ],
    ["numbers", ["00000.png", "00007.png"], NUMBERED, "index", ["0/0", "7/0"]],
    ["numbers and samples", ["0_0.png", "0_1.png", "11_0.png"], NUMBERED, "index_n", ["0/0", "0/1", "11/0"]],
    [
      "VBench's texts",
      ["the text 0-0.mp4", "the text 0-4.mp4", "the text 3-0.mp4"],
      ANIMALS,
      "text-n",
      ["0/0", "0/4", "3/0"],
    ],
    ["texts", ["the text 2.webp"], ANIMALS, "text", ["2/0"]],
    ["folders above", ["out/run 1/cat.png", "out/run 1/dog.png"], ANIMALS, "key", ["0/0", "1/0"]],
    ["backslashes", ["cat\\0.png", "dog\\0.png"], ANIMALS, "key/n", ["0/0", "1/0"]],
    ["extensions in any case", ["cat.PNG", "dog.JPeG"], ANIMALS, "key", ["0/0", "1/0"]],
    ["a name composed otherwise (NFD)", ["cafe\u0301.png", "cat.png"], ANIMALS, "key", ["4/0", "0/0"]],
    [
      "keys that are the prompts' numbers, with zeros",
      ["001.png", "0.png"],
      set("0", "1"),
      "index",
      ["1/0", "0/0"],
    ],
    ["keys that are numbers are keys", ["1.png", "0.png"], set("1", "0"), "key", ["0/0", "1/0"]],
  ];
  it.each(cases)("%s", (_, files, prompts, layout, places) => {
    const { placed, ...rest } = match(files, prompts);
    expect(rest).toEqual({ layout, problems: [] });
    expect(placed.sort()).toEqual(files.map((name, at) => `${name} -> ${places[at]}`).sort());
  });
});

describe("what is not clear is a problem, never a guess", () => {
  const cases: [string, string[], NamedPrompt[], string[], number][] = [
    ["a key that ends like a number", ["cat_1.png"], set("cat", "cat_1"), ["cat_1.png: ambiguous_name"], 0],
    [
      "the same where the other files settle it",
      ["cat_0.png", "cat_1.png", "cat_1_0.png"],
      set("cat", "cat_1"),
      [],
      3,
    ],
    [
      "two files for one sample",
      ["cat_0.png", "cat_0.jpg", "dog_0.png"],
      ANIMALS,
      ["cat_0.jpg: two_files", "cat_0.png: two_files"],
      1,
    ],
    [
      "one name in two spellings",
      ["café.png", "cafe\u0301.png", "cat.png"],
      ANIMALS,
      ["cafe\u0301.png: two_files", "café.png: two_files"],
      1,
    ],
    [
      "a text of two prompts",
      ["same-0.mp4", "own-0.mp4"],
      [
        { index: 0, key: null, text: "same" },
        { index: 1, key: null, text: "same" },
        { index: 2, key: null, text: "own" },
      ],
      ["same-0.mp4: ambiguous_text"],
      1,
    ],
    [
      "a file that is named otherwise than the rest",
      ["cat_0.png", "dog_0.png", "readme.png", "horse_0.png"],
      ANIMALS,
      ["horse_0.png: unknown_prompt", "readme.png: wrong_layout"],
      2,
    ],
    [
      "numbers counted from 1",
      ["1.png", "2.png", "3.png"],
      NUMBERED,
      ["1.png: counted_from_one", "2.png: counted_from_one", "3.png: counted_from_one"],
      0,
    ],
    [
      "the same where keys are the prompts' numbers",
      ["1.png", "2.png"],
      set("0", "1", "2", "3"),
      ["1.png: counted_from_one", "2.png: counted_from_one"],
      0,
    ],
    [
      "a date for a number",
      ["cat_20240101.png", "dog_0.png"],
      ANIMALS,
      ["cat_20240101.png: index_too_large"],
      1,
    ],
    ["nothing that names a prompt", ["x.png"], ANIMALS, ["x.png: unknown_prompt"], 0],
    ["no image by its name", ["cat.png", "cat.txt"], ANIMALS, ["cat.txt: not_media"], 1],
    ["a folder and a file that are both numbers", ["5/7.png"], NUMBERED, ["5/7.png: ambiguous_name"], 0],
  ];
  it.each(cases)("%s", (_, files, prompts, problems, placed) => {
    const found = match(files, prompts);
    expect(found.problems).toEqual(problems);
    expect(found.placed).toHaveLength(placed);
  });

  it("every problem is said in a sentence", () => {
    const { problems } = matchFiles(["cat_1.png"], set("cat", "cat_1"));
    expect(problems.map(({ code, details }) => problemSentence(code, details))).toEqual([
      "Its name can be read as sample 1 of prompt 0 or as sample 0 of prompt 1. Name the files in another way, or add a manifest.",
    ]);
  });
});

describe("a manifest", () => {
  const files = ["out/manifest.csv", "out/a.png", "out/b/c.png", "out/left.png"];
  const read = (text: string, name = "out/manifest.csv") => {
    const { placed, problems } = matchByManifest(files, { name, text }, ANIMALS);
    return {
      placed: placed.map((file) => [file.name, file.promptIndex, file.sampleIndex, file.seed]),
      problems: problems.map(({ name, code }) => `${name}: ${code}`).sort(),
    };
  };

  it("says which file is which sample, by key, text or number, with its seed", () => {
    const text =
      'file,key,prompt,prompt_index,index,seed\na.png,cat,,,,7\n"b/c.png",,the text 1,,2,\nleft.png,,,3,0,0\n';
    expect(read(text)).toEqual({
      placed: [
        ["out/a.png", 0, 0, 7],
        ["out/b/c.png", 1, 2, null],
        ["out/left.png", 3, 0, 0],
      ],
      problems: [],
    });
  });

  it("is JSON lines as well", () => {
    const rows = [
      { file: "a.png", key: "cat", index: 1 },
      { file: "out/b/c.png", prompt_index: 2 },
    ];
    const lines = rows.map((row) => JSON.stringify(row)).join("\n");
    const { placed } = matchByManifest(files, { name: "out/manifest.jsonl", text: lines }, ANIMALS);
    expect(placed.map(({ name, promptIndex, sampleIndex }) => [name, promptIndex, sampleIndex])).toEqual([
      ["out/a.png", 0, 1],
      ["out/b/c.png", 2, 0],
    ]);
  });

  it("lists what does not fit: absent files, unknown prompts, bad numbers, files that it leaves out", () => {
    expect(read("file,key,index\ngone.png,cat,0\na.png,horse,0\nb/c.png,dog,-1\n")).toEqual({
      placed: [],
      problems: [
        "gone.png: missing_file",
        "out/a.png: unknown_prompt",
        "out/b/c.png: bad_row",
        "out/left.png: not_in_manifest",
      ],
    });
  });

  it("that cannot be read, or is there twice, is refused with a sentence", () => {
    expect(() => read("name,key\na.png,cat\n")).toThrow(/no column "file"/);
    expect(() => read("file,index\na.png,0\n")).toThrow(/no column names prompts/);
    expect(() => read("not json", "out/manifest.jsonl")).toThrow(/line 1 of the manifest/);
    expect(() => findManifest(["manifest.csv", "b/manifest.jsonl"])).toThrow(/2 manifests/);
  });
});

it("a name that leads out of the archive is told, in any spelling", () => {
  for (const name of ["../a.png", "a/../../b.png", "/etc/a.png", "..\\a.png", "C:\\a.png"])
    expect(leadsOutside(name), name).toBe(true);
  for (const name of ["a..b.png", "a/b.png", "...png"]) expect(leadsOutside(name), name).toBe(false);
});
