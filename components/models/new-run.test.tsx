import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { NewRun } from "@/components/models/new-run";
import type { ListedBoard, ModelView } from "@/lib/schemas/views";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/models/flow");
const boards = [
  { slug: "first", name: "First" },
  { slug: "posters", name: "Posters" },
] as ListedBoard[];
const model = {
  slug: "flow",
  name: "Flow",
  pricePerImageUsd: 0.2,
  board: { slug: "posters", name: "Posters", description: "" },
  endpoint: { url: "https://api.openai.com/v1", format: "openai-images", imageSize: "1024x1024" },
  bestRun: {
    runId: "run_1",
    files: null,
    parameters: {
      imageSize: "1024x1024",
      seeds: [1, 2],
      steps: null,
      guidance: null,
      negativePrompt: null,
      extraFields: { quality: "high", user: "a" },
      extraHeaders: {},
    },
  },
} as unknown as ModelView;

function open() {
  const router = pageRouter("/models/flow");
  render(<NewRun model={model} boards={boards} />, { wrapper: router.wrapper });
  return router;
}
const field = (label: RegExp | string) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: RegExp | string, value: string) => fireEvent.change(field(label), { target: { value } });
const start = () => fireEvent.click(screen.getByRole("button", { name: "Start the run" }));

test("starts from the parameters of the run that stands for the model, says what it would cost, and goes to the run", async () => {
  const estimate = { images: 20, pricePerImageUsd: 0.19, source: "measured", usd: 3.8 };
  api.on("GET /api/v1/estimates", () => estimate);
  api.on("POST /api/v1/models/flow/runs", () => ({ runId: "run_2", runIds: ["run_2"] }));
  const router = open();
  expect(field("Board").value).toBe("posters");
  expect([field(/^Quality/).value, field(/^List of seeds/).value]).toEqual(["high", "1, 2"]);
  type(/^Number of prompts/, "20");
  type(/^Quality/, "low");
  type(/^Label of the run/, "low quality");
  type(/^Budget/, "5");
  await screen.findByText(/20 images: about \$3.80 at \$0.19 each, as earlier ones cost/);
  start();
  await waitFor(() => expect(router.visited).toEqual(["/runs/run_2"]));
  expect(api.of("POST /api/v1/models/flow/runs").map(({ body }) => body)).toEqual([
    {
      board: "posters",
      promptCount: 20,
      samplesPerPrompt: 1,
      label: "low quality",
      imageSize: "1024x1024",
      budgetUsd: 5,
      seeds: [1, 2],
      extraFields: { user: "a", quality: "low" },
      extraHeaders: {},
    },
  ]);
});

test("says at the field what is wrong, and what the site refuses at the field that it names", async () => {
  api.on("GET /api/v1/estimates", () => ({ images: 3, pricePerImageUsd: null, source: null, usd: null }));
  api.on(
    "POST /api/v1/models/flow/runs",
    () => new Refusal(409, "conflict", "Nobody knows what an image costs here.", "budgetUsd"),
  );
  open();
  const described = (label: RegExp) =>
    document.getElementById(field(label).getAttribute("aria-describedby") ?? "")?.textContent ?? null;
  type(/^Number of prompts/, "many");
  start();
  await waitFor(() => expect(described(/^Number of prompts/)).toMatch(/Between 1 and 10,000/));
  expect(api.of("POST /api/v1/models/flow/runs")).toEqual([]);
  type(/^Number of prompts/, "2");
  start();
  await waitFor(() => expect(described(/^Budget/)).toBe("Nobody knows what an image costs here."));
});
