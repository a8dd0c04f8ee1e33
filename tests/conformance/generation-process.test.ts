import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { MODELS_DIR } from "./generation-client";

/** Longest a supervisor waits for a child before it kills it. */
const STOP_LIMIT_MS = 5000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The entry point as its own process, with an IPC channel to this one. */
function startProcess(settings: Record<string, string>): { child: ChildProcess; stderr: () => string } {
  const child = fork(path.resolve("generation/main.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, GENERATION_MODELS_DIR: MODELS_DIR, ...settings },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let text = "";
  child.stderr!.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { child, stderr: () => text };
}

function untilHealthy(port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}/healthz`;
  return vi.waitFor(async () => expect((await fetch(url)).status).toBe(200), {
    interval: 50,
    timeout: 30_000,
  });
}

const STOPS: [string, (child: ChildProcess) => void][] = [
  ["SIGTERM", (child) => child.kill("SIGTERM")],
  ["SIGINT", (child) => child.kill("SIGINT")],
  ["the end of its parent's IPC channel", (child) => child.disconnect()],
];

it.each(STOPS)("stops cleanly and soon on %s, even while it draws", async (_name, stop) => {
  const port = await freePort();
  const { child } = startProcess({ GENERATION_PORT: String(port) });
  try {
    await untilHealthy(port);
    const { data } = (await (await fetch(`http://127.0.0.1:${port}/v1/models`)).json()) as {
      data: { id: string }[];
    };
    const answer = fetch(`http://127.0.0.1:${port}/v1/images/generations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: data[0].id, prompt: "a red ball", steps: 250 }),
    });
    answer.catch(() => undefined);
    const drawing = async () => {
      const health = (await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()) as {
        queue: { running: number };
      };
      expect(health.queue.running).toBe(1);
    };
    await vi.waitFor(drawing, { interval: 5, timeout: 20_000 });
    const asked = performance.now();
    const exited = once(child, "exit");
    stop(child);
    expect((await answer).status).toBe(503);
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - asked).toBeLessThan(STOP_LIMIT_MS);
  } finally {
    child.kill("SIGKILL");
  }
});

it("says in one line that its port is taken, and how to change it", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  const { child, stderr } = startProcess({ GENERATION_PORT: String(port) });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(stderr().trim()).toBe(`127.0.0.1:${port} is taken; set GENERATION_PORT to a free port.`);
  holder.close();
});

it("names the variable that is wrong", async () => {
  const { child, stderr } = startProcess({ GENERATION_THREADS: "many" });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(stderr()).toContain("GENERATION_THREADS");
});
