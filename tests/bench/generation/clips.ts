/**
 * Seconds a clip of every bundled video model over real HTTP, at the model's own sampler, steps and guidance: 17 frames, and one of
 * 65 by one and by four anchors. CPU s is processor time a clip (all threads): unlike the seconds, it says something on a busy machine too.
 * Then what an image waits while clips are drawn, and the memory of it all.
 * Run: npx tsx tests/bench/generation/clips.ts [clips a measurement, 5] [models folder] [threads]
 */
import os from "node:os";
import path from "node:path";
import { startGenerationServer } from "@/generation/server";

const clips = Number(process.argv[2] ?? 5);
const modelsDir = path.resolve(process.argv[3] ?? "generation/models");
const threads = process.argv[4] === undefined ? undefined : Number(process.argv[4]);
const PROMPT = "a red ball moves left behind a green tree on a blue background";
const LONGER = [
  { frames: 65, anchors: 1 },
  { frames: 65, anchors: 4 },
];

interface ModelFacts {
  id: string;
  salon: { endpoint: string; first_frame?: boolean; drawn_by?: string };
}
interface Video {
  id: string;
  status: string;
  error: unknown;
  salon: {
    sampler: string;
    steps: number;
    guidanceScale: number;
    computeMs: number;
    timingMs: Record<"load" | "denoise" | "decode" | "encode", number>;
  };
}

const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const before = megabytes();
const server = await startGenerationServer({
  port: 0,
  host: "127.0.0.1",
  modelsDir,
  queueLimit: 64,
  threads,
});
const json = async <Answer>(address: string, init: RequestInit = {}): Promise<Answer> => {
  // A connection that is kept may be closed under a question on a machine so busy that nothing runs for seconds.
  const headers = { connection: "close", ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(server.url + address, { ...init, headers });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
};
const post = <Answer>(address: string, body: object) =>
  json<Answer>(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

async function draw(body: object): Promise<Video> {
  let video = await post<Video>("/v1/videos", { prompt: PROMPT, ...body });
  while (video.status !== "completed") {
    if (video.status === "failed") throw new Error(JSON.stringify(video.error));
    await new Promise((resolve) => setTimeout(resolve, 25));
    video = await json<Video>(`/v1/videos/${video.id}`);
  }
  return video;
}

const { data: models } = await json<{ data: ModelFacts[] }>("/v1/models");
const drawers = models.filter(({ salon }) => salon.endpoint === "/v1/videos");
console.log(
  `${os.cpus()[0].model}, ${threads ?? os.availableParallelism()} threads, Node ${process.versions.node}, ${clips} clips of 17 frames each\n`,
);
console.log("| model | frames | sampler | s a clip | CPU s a clip | denoise ms | decode ms | encode ms |");
console.log("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |");
for (const { id, salon } of drawers) {
  await draw({ model: id, steps: 1 });
  for (const more of [{ frames: 17 }, ...(salon.first_frame ? LONGER : [])]) {
    const drawn: { seconds: number; video: Video }[] = [];
    const count = more.frames === 17 ? clips : 1;
    const cpu = process.cpuUsage();
    for (let seed = 0; seed < count; seed += 1) {
      const started = performance.now();
      const video = await draw({ model: id, seed, ...more });
      drawn.push({ seconds: (performance.now() - started) / 1000, video });
    }
    const { user, system } = process.cpuUsage(cpu);
    const part = (name: "denoise" | "decode" | "encode") =>
      median(drawn.map(({ video }) => video.salon.timingMs[name])).toFixed(0);
    const { sampler, steps, guidanceScale } = drawn[0].video.salon;
    const frames = "anchors" in more ? `${more.frames}, anchors ${more.anchors}` : `${more.frames}`;
    console.log(
      `| ${id} | ${frames} | ${sampler} ${steps}, guidance ${guidanceScale} | ${median(drawn.map(({ seconds }) => seconds)).toFixed(2)} | ${((user + system) / 1e6 / count).toFixed(2)} | ${part("denoise")} | ${part("decode")} | ${part("encode")} |`,
    );
  }
}

const image = models.find(({ salon }) => salon.endpoint === "/v1/images/generations");
if (image && drawers.length > 0) {
  const time = async () => {
    const started = performance.now();
    await post("/v1/images/generations", { model: image.id, prompt: "a red ball" });
    return performance.now() - started;
  };
  const several = async () => {
    const times: number[] = [];
    for (let turn = 0; turn < clips; turn += 1) times.push(await time());
    return median(times).toFixed(0);
  };
  await time();
  const alone = await several();
  const [{ id: model }] = drawers;
  const waiting = await Promise.all(
    [1, 2, 3].map((seed) => post<Video>("/v1/videos", { model, prompt: PROMPT, seed, steps: 100 })),
  );
  const beside = await several();
  await Promise.all(waiting.map(({ id }) => fetch(`${server.url}/v1/videos/${id}`, { method: "DELETE" })));
  console.log(
    `\nAn image of ${image.id}: ${alone} ms alone, ${beside} ms while clips of ${model} are drawn.`,
  );
}
console.log(
  `\nMemory (RSS): ${before} MB at the start, ${megabytes()} MB with every video model loaded and used.`,
);
await server.close();
