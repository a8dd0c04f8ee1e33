import { beforeAll, describe, expect, test } from "vitest";
import { POST as archive } from "@/app/api/v1/prompt-sets/[slug]/archive/route";
import { GET as exportSet } from "@/app/api/v1/prompt-sets/[slug]/export/route";
import { GET as listPrompts } from "@/app/api/v1/prompt-sets/[slug]/prompts/route";
import { DELETE as remove, GET as read } from "@/app/api/v1/prompt-sets/[slug]/route";
import { POST as makeVersion } from "@/app/api/v1/prompt-sets/[slug]/versions/route";
import { GET as list, POST as bring } from "@/app/api/v1/prompt-sets/route";
import {
  promptImport,
  promptPage,
  promptPreview,
  promptSetList,
  promptSetView,
} from "@/lib/schemas/prompt-sets";
import { cookieOf, expectError, request } from "../../support/api-requests";
import { useDataFolder } from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

const at = (slug: string) => ({ params: Promise.resolve({ slug }) });
const CSV = "key,prompt,category,tags\na,a cup,tea,x\nb,a boat,sea,\nc,a pot,tea,x\n";

function post(query: string, body: BodyInit | null, cookie = "", headers: Record<string, string> = {}) {
  const init = { method: "POST", body, duplex: "half", headers: { host: "salon.test", cookie, ...headers } };
  return new Request(`http://salon.test/api/v1/prompt-sets${query}`, init as RequestInit);
}

/** A new visitor with a set. */
async function visitorWithSet(body = CSV) {
  const response = await bring(post("?name=My%20set&file=a.csv", body));
  expect(response.status).toBe(201);
  return { cookie: cookieOf(response), ...promptImport.parse(await response.json()) };
}

test("a file is previewed, imported, read by page and filter, and downloaded as it was", async () => {
  const previewed = await bring(post("?file=a.csv&preview=1", CSV));
  expect(promptPreview.parse(await previewed.json())).toMatchObject({ format: "csv", prompts: 3, errors: 0 });
  expect(await database.db.promptSet.count()).toBe(0);
  const { slug, cookie, added } = await visitorWithSet();
  expect(added).toBe(3);
  const get = (path: string) => request("GET", `/api/v1/prompt-sets/${slug}${path}`, { cookie });
  expect(promptSetView.parse(await (await read(get(""), at(slug))).json())).toMatchObject({
    name: "My set",
    own: true,
    listed: false,
    changeable: true,
    categories: [
      { name: "tea", count: 2 },
      { name: "sea", count: 1 },
    ],
    tags: [{ name: "x", count: 2 }],
  });
  const page = promptPage.parse(await (await listPrompts(get("/prompts?limit=2"), at(slug))).json());
  expect(page).toMatchObject({ total: 3, next: 2 });
  const rest = promptPage.parse(await (await listPrompts(get("/prompts?from=2"), at(slug))).json());
  expect([...page.prompts, ...rest.prompts].map(({ key }) => key).sort()).toEqual(["a", "b", "c"]);
  const tea = promptPage.parse(
    await (await listPrompts(get("/prompts?category=tea&text=POT"), at(slug))).json(),
  );
  expect(tea.prompts.map(({ key }) => key)).toEqual(["c"]);
  const download = await exportSet(get("/export"), at(slug));
  expect(download.headers.get("content-disposition")).toBe(`attachment; filename="${slug}.csv"`);
  const again = await bring(post(`?into=${slug}&file=b.csv`, await download.text(), cookie));
  expect({ status: again.status, ...promptImport.parse(await again.json()) }).toMatchObject({ status: 200, added: 0, kept: 3 }); // prettier-ignore
});

test("a version, archiving and removal are the owner's; a stranger finds no set, nor another site's page a way in", async () => {
  const { slug, cookie } = await visitorWithSet();
  const stranger = (await visitorWithSet()).cookie;
  const version = (who: string, headers = {}) =>
    makeVersion(post(`/${slug}/versions?file=a.csv`, "prompt\na mill\n", who, headers), at(slug));
  const doIt = (method: "POST" | "DELETE", who: string, headers = {}) =>
    request(method, `/api/v1/prompt-sets/${slug}`, { cookie: who, headers });
  for (const who of [stranger, ""]) {
    const get = (path = "") => request("GET", `/api/v1/prompt-sets/${slug}${path}`, { cookie: who });
    await expectError(await read(get(), at(slug)), 404, "not_found");
    await expectError(await listPrompts(get("/prompts"), at(slug)), 404, "not_found");
    await expectError(await exportSet(get("/export"), at(slug)), 404, "not_found");
    await expectError(await archive(doIt("POST", who), at(slug)), 404, "not_found");
    await expectError(await remove(doIt("DELETE", who), at(slug)), 404, "not_found");
    await expectError(await version(who), 404, "not_found");
    await expectError(await bring(post(`?into=${slug}&file=a.csv`, CSV, who)), 404, "not_found");
    await expectError(await bring(post(`?into=${slug}&file=a.csv&preview=1`, CSV, who)), 404, "not_found");
    const { promptSets } = promptSetList.parse(await (await list(get())).json());
    expect(promptSets.map((set) => set.slug)).not.toContain(slug);
  }
  const foreign = { "sec-fetch-site": "cross-site" };
  await expectError(await version(cookie, foreign), 403, "forbidden");
  await expectError(await archive(doIt("POST", cookie, foreign), at(slug)), 403, "forbidden");
  await expectError(await remove(doIt("DELETE", cookie, foreign), at(slug)), 403, "forbidden");
  await expectError(await bring(post("?name=x&file=a.csv", CSV, cookie, foreign)), 403, "forbidden");
  const made = await version(cookie);
  expect(made.status).toBe(201);
  const next = promptImport.parse(await made.json());
  expect(next).toMatchObject({ version: 2, added: 1, removed: 3 });
  const gone = await remove(request("DELETE", `/api/v1/prompt-sets/${next.slug}`, { cookie }), at(next.slug));
  expect(gone.status).toBe(204);
  const archived = promptSetView.parse(await (await archive(doIt("POST", cookie), at(slug))).json());
  expect(archived).toMatchObject({ archived: true, changeable: false });
});

describe("an upload is refused, and nothing of it stays,", () => {
  test.each([
    ["when it is empty", "?name=x&file=a.csv", "", 400, /empty/],
    ["when it is no text", "?name=x&file=a.csv", "caf\0e", 400, /Byte 3 is 0x00/],
    ["when a line is wrong, which it names", "?name=x&file=a.csv", "prompt,n\na,1\n,2\n", 400, /^line 3: There is no prompt/],
    ["when its archive is cut off", "?name=x&file=a.zip", "PK\x03\x04cut", 400, /truncated/],
    ["when the query is wrong", "?name=x&file=a.csv&arena=some", "prompt\na\n", 400, /arena/],
  ])("%s", async (_, query, body, status, message) => {
    const before = await database.db.promptSet.count();
    expect(await expectError(await bring(post(query, body)), status, "invalid_request")).toMatch(message);
    expect(await database.db.promptSet.count()).toBe(before);
  }); // prettier-ignore

  test("when it grows beyond the limit while it is streamed, or its text does", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 2 ** 20;
        controller.enqueue(new Uint8Array(2 ** 20).fill(0x61));
      },
    });
    await expectError(await bring(post("?name=x&file=a.txt", endless)), 413, "too_large");
    expect(sent).toBeLessThan(40 * 2 ** 20);
    const long = "a prompt of the file\n".repeat(420_000);
    await expectError(await bring(post("?name=x&file=a.txt", long)), 413, "too_large");
  });

  test("when one visitor has had their turns", async () => {
    const { cookie } = await visitorWithSet();
    const turn = () => bring(post("?name=x&file=a.csv", CSV, cookie));
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await turn()).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  });
});
