import { parquetMetadata } from "hyparquet";
import { expect, test } from "vitest";
import { tableFile, type Column } from "@/lib/tables/table-file";
import { bytesOf, readParquet } from "../../support/read-table";

type Row = { word: string | null; share?: number | null; n: number | null };
const columns: Column<Row>[] = [
  { name: "word", type: "text" },
  { name: "share", type: "number" },
  { name: "n", type: "integer" },
];
const PAGES: Row[][] = [
  [
    { word: 'a "quoted",\nline', share: 0.1, n: 1 },
    { word: "日本 🦊", share: null, n: -2 },
  ],
  [],
  [{ word: null, n: null }],
];

async function* pages(): AsyncGenerator<Row[]> {
  yield* PAGES;
}

test("a Parquet file reads back as the rows that went in, what they lack as null, a row group a page", async () => {
  const file = await bytesOf(tableFile("parquet", columns, pages()));
  expect(await readParquet(file)).toEqual([
    { word: 'a "quoted",\nline', share: 0.1, n: 1 },
    { word: "日本 🦊", share: null, n: -2 },
    { word: null, share: null, n: null },
  ]);
  const groups = parquetMetadata(new Uint8Array(file).buffer).row_groups;
  expect(groups.map(({ num_rows }) => Number(num_rows))).toEqual([2, 1]);
});

test("a table without rows is a file with its columns", async () => {
  const none = async function* (): AsyncGenerator<Row[]> {};
  const file = await bytesOf(tableFile("parquet", columns, none()));
  expect(await readParquet(file)).toEqual([]);
  expect(parquetMetadata(new Uint8Array(file).buffer).schema.map(({ name }) => name)).toEqual([
    "root",
    "word",
    "share",
    "n",
  ]);
  expect((await bytesOf(tableFile("csv", columns, none()))).toString()).toBe("word,share,n\n");
  expect((await bytesOf(tableFile("jsonl", columns, none()))).toString()).toBe("");
});

test("CSV quotes what needs it and leaves empty what a row lacks; JSON lines hold rows as they are", async () => {
  expect((await bytesOf(tableFile("csv", columns, pages()))).toString()).toBe(
    'word,share,n\n"a ""quoted"",\nline",0.1,1\n日本 🦊,,-2\n,,\n',
  );
  const lines = (await bytesOf(tableFile("jsonl", columns, pages()))).toString().trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as Row)).toEqual(PAGES.flat());
});

test("a page leaves before the next is read", async () => {
  let read = 0;
  const counted = async function* (): AsyncGenerator<Row[]> {
    for (let n = 0; n < 3; n++) {
      read += 1;
      yield [{ word: "x", n }];
    }
  };
  for (const format of ["csv", "jsonl", "parquet"] as const) {
    read = 0;
    const seen = [];
    for await (const piece of tableFile(format, columns, counted())) seen.push([piece.length > 0, read]);
    expect(seen.at(format === "csv" ? 1 : 0)).toEqual([true, 1]);
    expect(seen.at(format === "csv" ? 2 : 1)).toEqual([true, 2]);
  }
});
