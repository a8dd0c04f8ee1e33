import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeSalonHome, startSalon, type SalonHome } from "../support/start-salon";
import { noisePng } from "../support/images";

/** Every system call by which a process reaches another; -D keeps the traced process our own child. */
const strace = (file: string) => [
  ...["strace", "-D", "-f", "--seccomp-bpf", "-s", "256"],
  ...["-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", file],
];
const mayTrace = spawnSync("strace", [...strace("/dev/null").slice(1), "true"]).status === 0;

/** The calls that name an address beyond this machine, or ask a name server, wherever it is. */
function outsideCalls(trace: string): string[] {
  return trace.split("\n").filter((line) => {
    const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line);
    if (address === null) return false;
    const [, v4 = "", v6 = ""] = address;
    const isLocal = v4.startsWith("127.") || v6 === "::1" || v6.startsWith("::ffff:127.");
    return !isLocal || /sin6?_port=htons\(53\)/.test(line);
  });
}

let home: SalonHome;
let userHome: string;

beforeAll(async () => {
  home = await makeSalonHome({ SEED_PROMPT_COUNT: "1" });
  userHome = path.join(path.dirname(home.env.SALON_DATA_DIR), "home");
  mkdirSync(userHome);
  Object.assign(home.env, { HOME: userHome, XDG_CACHE_HOME: "" });
});
afterAll(() => home.remove());

/** What onnxruntime keeps of its reports in a user's cache. */
const expectNoReports = () => expect(existsSync(path.join(userHome, ".cache/Microsoft"))).toBe(false);

test("the trace sees a connection beyond this machine and a question to a name server", () => {
  expect(
    outsideCalls(
      '1 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1',
    ),
  ).toHaveLength(1);
  expect(
    outsideCalls(
      '1 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
    ),
  ).toHaveLength(1);
  expect(
    outsideCalls(
      '1 sendto(3, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(9), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 1',
    ),
  ).toHaveLength(1);
  expect(
    outsideCalls(
      '1 connect(3, {sa_family=AF_INET, sin_port=htons(5432), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    ),
  ).toEqual([]);
  expect(outsideCalls('1 connect(3, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0')).toEqual([]);
});

test("a Salon that builds, seeds, generates, embeds and serves pages asks nobody beyond this machine", async ({
  skip,
}) => {
  if (!mayTrace) skip("strace is not here, or may not trace: connections were not watched.");
  const trace = path.join(path.dirname(home.env.SALON_DATA_DIR), "start.trace");
  const salon = await startSalon(home, strace(trace));
  const sql = postgres(salon.databaseUrl, { max: 1 });
  try {
    for (const page of ["/", "/arena", "/leaderboard/text-to-image", "/stack"]) {
      expect((await fetch(`${salon.url}${page}`)).status, page).toBe(200);
    }
    await vi.waitFor(
      async () => {
        const [{ embedded }] = await sql`select count(*)::int as embedded from embeddings`;
        expect(embedded).toBeGreaterThan(0);
      },
      { interval: 500, timeout: 240_000 },
    );
  } finally {
    await sql.end();
    await salon.stop();
  }
  const calls = readFileSync(trace, "utf8");
  expect(calls).toContain(`htons(${home.env.EMBEDDED_POSTGRES_PORT})`);
  expect(outsideCalls(calls)).toEqual([]);
  expectNoReports();
}, 600_000);

test("`salon features` asks nobody beyond this machine", async ({ skip }) => {
  if (!mayTrace) skip("strace is not here, or may not trace: connections were not watched.");
  const folder = path.dirname(home.env.SALON_DATA_DIR);
  const images = path.join(folder, "images");
  mkdirSync(images);
  writeFileSync(path.join(images, "a.png"), await noisePng(64, 64));
  const [command, ...args] = [
    ...[...strace(path.join(folder, "features.trace")), process.execPath, "bin/salon.mjs"],
    ...["features", images, "--encoder", "toybox-encoder", "--out", path.join(folder, "features.npy")],
  ];
  const { status, stderr } = spawnSync(command, args, {
    env: { ...process.env, ...home.env },
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  expect(outsideCalls(readFileSync(path.join(folder, "features.trace"), "utf8"))).toEqual([]);
  expectNoReports();
});
