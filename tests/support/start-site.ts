import { spawn } from "node:child_process";
import { request } from "node:http";
import { freePort } from "./postgres-server";

export type RunningSite = { url: string; port: number; stop: () => Promise<void> };

/** `salon web` alone on a database, ready to answer; built first when its build is stale. */
export async function startSite(environment: Record<string, string>): Promise<RunningSite> {
  const port = await freePort();
  const child = spawn(process.execPath, ["bin/salon.mjs", "web"], {
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port), ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    void gone.then(() => reject(new Error(`The site did not start:\n${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** One request with headers that fetch would not send, such as Host. */
export function sendRaw(
  port: number,
  options: { path: string; method?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }> {
  return new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    request({ host: "127.0.0.1", port, ...rest }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    })
      .on("error", reject)
      .end(body);
  });
}
