import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { Upload } from "tus-js-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HEAD, PATCH } from "@/app/api/v1/samples/uploads/[uploadId]/bytes/route";
import { DELETE, GET } from "@/app/api/v1/samples/uploads/[uploadId]/route";
import { POST } from "@/app/api/v1/samples/uploads/route";
import { newId } from "@/lib/db/new-id";
import { writeZip } from "@/lib/media/files/zip";
import { readRun } from "@/lib/pages/read-run";
import { importSamples } from "@/lib/samples/import-samples";
import { requeueStalledUploads, sweepUploads } from "@/lib/samples/sweep-uploads";
import type { SampleUploadResponse } from "@/lib/schemas/sample-uploads";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { cookieOf, expectError, request } from "../../support/api-requests";
import { addBoard, useDataFolder } from "../../support/evaluation-world";
import { noisePng } from "../../support/images";
import { useTestDatabase } from "../../support/test-database";

const folder = useDataFolder();
const database = useTestDatabase();
const PROMPTS = 4;
let archive: Buffer;
const DAY_MS = 24 * 3600_000;

beforeAll(async () => {
  process.env.SAMPLE_UPLOAD_MB = "1";
  process.env.SAMPLE_GIB_PER_OWNER = "0.001";
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  await addBoard(database.db, PROMPTS);
  const images = await Promise.all(
    Array.from({ length: PROMPTS }, async (_, i) => ({
      name: `${i}.png`,
      bytes: await noisePng(64, 64, `${i}`),
    })),
  );
  archive = Buffer.from(writeZip(images));
});

const BODY = { file: "mine.zip", name: "Mine", creator: "Me", promptSet: "text-to-image-prompts" };
const at = (uploadId: string) => ({ params: Promise.resolve({ uploadId }) });

const begin = (body: Record<string, unknown> = {}, cookie?: string) =>
  POST(
    request("POST", "/api/v1/samples/uploads", { body: { ...BODY, bytes: archive.length, ...body }, cookie }),
  );

async function begun(body: Record<string, unknown> = {}, cookie?: string) {
  const response = await begin(body, cookie);
  expect(response.status).toBe(201);
  const upload = (await response.json()) as SampleUploadResponse;
  return { upload, cookie: cookie ?? cookieOf(response) };
}

function part(uploadId: string, offset: number, bytes: Buffer, cookie: string): Promise<Response> {
  const asked = new Request(`http://salon.test/api/v1/samples/uploads/${uploadId}/bytes`, {
    method: "PATCH",
    headers: {
      ...{ host: "salon.test", cookie, "tus-resumable": "1.0.0", "upload-offset": String(offset) },
      "content-type": "application/offset+octet-stream",
      "content-length": String(bytes.length),
    },
    body: new Uint8Array(bytes),
  });
  return PATCH(asked, at(uploadId));
}

const offsetOf = async (uploadId: string, cookie: string) => {
  const url = `http://salon.test/api/v1/samples/uploads/${uploadId}/bytes`;
  const headers = { host: "salon.test", cookie, "tus-resumable": "1.0.0" };
  const response = await HEAD(new Request(url, { method: "HEAD", headers }), at(uploadId));
  return response.status === 200 ? Number(response.headers.get("upload-offset")) : response.status;
};

const read = async (uploadId: string, cookie?: string) => {
  const response = await GET(request("GET", `/api/v1/samples/uploads/${uploadId}`, { cookie }), at(uploadId));
  return { status: response.status, upload: (await response.json()) as SampleUploadResponse };
};
const staged = () => readdir(path.join(folder.path, "uploads", "parts")).catch(() => []);

describe("an upload in parts", () => {
  it("that broke off at 90% goes on where it ended, and is read whole", async () => {
    const { upload, cookie } = await begun();
    const { uploadId, runId } = upload;
    expect(upload).toMatchObject({ state: "RECEIVING", receivedBytes: 0 });
    const most = Math.floor(archive.length * 0.9);
    expect((await part(uploadId, 0, archive.subarray(0, most), cookie)).status).toBe(204);
    expect(await offsetOf(uploadId, cookie)).toBe(most);
    expect((await read(uploadId, cookie)).upload).toMatchObject({ state: "RECEIVING", receivedBytes: most });
    // The same bytes again, or later ones, would leave a file of other bytes.
    expect((await part(uploadId, 0, archive.subarray(0, 10), cookie)).status).toBe(409);
    expect((await part(uploadId, most + 1, archive.subarray(most + 1), cookie)).status).toBe(409);
    expect((await part(uploadId, most, archive.subarray(most), cookie)).status).toBe(204);
    expect((await read(uploadId, cookie)).upload.state).toBe("READING");
    expect(await offsetOf(uploadId, cookie)).toBe(archive.length);

    await importSamples(uploadId, database.db);
    const { upload: over } = await read(uploadId, cookie);
    const sha256 = createHash("sha256").update(archive).digest("hex");
    expect(over).toMatchObject({ state: "DONE", added: PROMPTS, sha256, problemCount: 0 });
    expect(await database.db.sample.count({ where: { runId } })).toBe(PROMPTS);
    expect(await staged()).toEqual([]);
  });

  it("more bytes than were announced are not taken", async () => {
    const { upload, cookie } = await begun({ bytes: 100 });
    expect((await part(upload.uploadId, 0, archive.subarray(0, 200), cookie)).status).toBe(413);
    expect(await offsetOf(upload.uploadId, cookie)).toBe(0);
    expect((await DELETE(request("DELETE", "/", { cookie }), at(upload.uploadId))).status).toBe(204);
  });

  it("is its visitor's alone: to everybody else neither it nor its run exists", async () => {
    const { upload, cookie } = await begun();
    const stranger = `${VOTER_COOKIE}=${await signVoterCookie(newId("voter"))}`;
    for (const other of [stranger, ""]) {
      expect((await read(upload.uploadId, other)).status).toBe(404);
      expect(await offsetOf(upload.uploadId, other)).toBe(404);
      expect((await part(upload.uploadId, 0, archive, other)).status).toBe(404);
      expect((await DELETE(request("DELETE", "/", { cookie: other }), at(upload.uploadId))).status).toBe(404);
      await expectError(await begin({ runId: upload.runId }, other), 404, "not_found");
    }
    await expect(readRun({ runId: upload.runId, voterId: newId("voter") }, database.db)).rejects.toThrow(
      /no such run/,
    );
    expect(await offsetOf(upload.uploadId, cookie)).toBe(0);
  });

  it("given up leaves nothing, and its run takes another", async () => {
    const { upload, cookie } = await begun();
    await part(upload.uploadId, 0, archive.subarray(0, 50), cookie);
    await expectError(await begin({ runId: upload.runId }, cookie), 409, "conflict");
    expect((await DELETE(request("DELETE", "/", { cookie }), at(upload.uploadId))).status).toBe(204);
    expect(await staged()).not.toContain(upload.uploadId);
    const again = await begun({ runId: upload.runId }, cookie);
    expect(again.upload.runId).toBe(upload.runId);
    const { state } = await database.db.run.findUniqueOrThrow({ where: { id: upload.runId } });
    expect(state).toBe("QUEUED");
  });

  it("is refused with the limit where it is too large, or there is no room", async () => {
    const { upload, cookie } = await begun({ bytes: 2 ** 20 });
    expect(await expectError(await begin({ bytes: 2 ** 21 }, cookie), 413, "too_large", "bytes")).toMatch(
      /at most 1\./,
    );
    expect(await expectError(await begin({ bytes: 2 ** 19 }, cookie), 409, "conflict")).toMatch(
      /may take up 0\.001/,
    );
    await expectError(await begin({ name: undefined }), 400, "invalid_request", "name");
    await expectError(await begin({ promptSet: "nowhere" }), 404, "not_found", "promptSet");
    await DELETE(request("DELETE", "/", { cookie }), at(upload.uploadId));
  });

  it("of another visitor's prompt set, or of an archived one, is refused as if it were not there", async () => {
    const set = { name: "Private", ownerId: newId("voter") };
    await database.db.promptSet.create({ data: { ...set, id: newId("promptSet"), slug: "private" } });
    await expectError(await begin({ promptSet: "private" }), 404, "not_found", "promptSet");
    await database.db.promptSet.update({
      where: { slug: "private" },
      data: { ownerId: null, listed: true, archivedAt: new Date() },
    });
    await expectError(await begin({ promptSet: "private" }), 409, "conflict", "promptSet");
  });

  it("that nobody goes on with is ended after three days, and its bytes are deleted", async () => {
    const { upload, cookie } = await begun();
    await part(upload.uploadId, 0, archive.subarray(0, 50), cookie);
    await sweepUploads(database.db, Date.now() + 2 * DAY_MS);
    expect((await read(upload.uploadId, cookie)).upload.state).toBe("RECEIVING");
    await sweepUploads(database.db, Date.now() + 4 * DAY_MS);
    const { upload: ended } = await read(upload.uploadId, cookie);
    expect(ended.failureReason).toMatch(/nothing came for three days/);
    expect(await staged()).not.toContain(upload.uploadId);
    expect(await database.db.run.findUnique({ where: { id: upload.runId } })).toMatchObject({
      state: "FAILED",
    });
  });

  it("of a run that is cancelled takes nothing more", async () => {
    const { upload, cookie } = await begun();
    await database.db.run.update({ where: { id: upload.runId }, data: { state: "CANCELLED" } });
    await expectError(await part(upload.uploadId, 0, archive, cookie), 409, "conflict");
    await sweepUploads(database.db, Date.now());
    expect((await read(upload.uploadId, cookie)).upload).toMatchObject({ state: "FAILED" });
  });

  it("whose job is lost, or that came whole while the site stopped, is queued again", async () => {
    const { upload, cookie } = await begun();
    await part(upload.uploadId, 0, archive, cookie);
    const jobs = () => database.db.$queryRaw`
      select 1 as one from graphile_worker.jobs where key = ${`${upload.runId}:import`}`;
    await database.db.$queryRaw`select graphile_worker.remove_job(${`${upload.runId}:import`})::text`;
    await requeueStalledUploads(database.db);
    expect(await jobs()).toEqual([{ one: 1 }]);
    await database.db.$queryRaw`select graphile_worker.remove_job(${`${upload.runId}:import`})::text`;
    await database.db.sampleUpload.update({
      where: { id: upload.uploadId },
      data: { state: "RECEIVING", receivedBytes: 1 },
    });
    await requeueStalledUploads(database.db);
    expect((await read(upload.uploadId, cookie)).upload.state).toBe("READING");
    expect(await jobs()).toEqual([{ one: 1 }]);
    await importSamples(upload.uploadId, database.db);
  });
});

describe("a client of the tus protocol", () => {
  let server: Server;
  afterEach(() => server.close());

  it("sends a file in parts over HTTP", async () => {
    const { upload, cookie } = await begun();
    server = createServer((incoming, answer) => {
      const headers = new Headers(incoming.headers as Record<string, string>);
      const body = incoming.method === "PATCH" ? (Readable.toWeb(incoming) as ReadableStream) : undefined;
      const init = { method: incoming.method, headers, body, duplex: "half" } as RequestInit;
      const asked = new Request(`http://${incoming.headers.host}${incoming.url}`, init);
      void (incoming.method === "PATCH" ? PATCH : HEAD)(asked, at(upload.uploadId)).then(async (response) => {
        answer.writeHead(response.status, Object.fromEntries(response.headers));
        answer.end(Buffer.from(await response.arrayBuffer()));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve, reject) => {
      const client = new Upload(archive, {
        uploadUrl: `http://127.0.0.1:${port}${upload.bytesUrl}`,
        chunkSize: 5_000,
        retryDelays: [],
        headers: { cookie },
        onSuccess: () => resolve(),
        onError: reject,
      });
      client.start();
    });
    expect((await read(upload.uploadId, cookie)).upload.state).toBe("READING");
    await importSamples(upload.uploadId, database.db);
    expect((await read(upload.uploadId, cookie)).upload).toMatchObject({ state: "DONE", added: PROMPTS });
  });
});

afterAll(() => {
  delete process.env.SAMPLE_UPLOAD_MB;
  delete process.env.SAMPLE_GIB_PER_OWNER;
});
