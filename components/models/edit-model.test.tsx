import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { EditModel } from "@/components/models/edit-model";
import type { ModelView } from "@/lib/schemas/views";
import { Refusal, servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/models/flow");
const endpoint = {
  url: "https://host/v1",
  format: "openai-images",
  formatOptions: null,
  providerModel: "flow-2",
  imageSize: "64x64",
  concurrency: 2,
  timeoutSeconds: 180,
  keyEnds: "abcd",
  hasKey: true,
  version: 1,
};
function open(more: { format?: string; formatOptions?: object } = {}) {
  const model = {
    slug: "flow",
    name: "Flow",
    revision: 3,
    parameters: 12e9,
    endpoint: { ...endpoint, ...more },
  };
  render(<EditModel model={model as unknown as ModelView} />, {
    wrapper: pageRouter("/models/flow").wrapper,
  });
}
const type = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: "Save the changes" }));
const sent = () => api.of("PATCH /api/v1/models/flow").map(({ body }) => body);

test("changes the format, and asks for what has to be written down only where the format is", async () => {
  api.on("PATCH /api/v1/models/flow", () => ({ revision: 4 }));
  open();
  expect(screen.queryByLabelText(/^Request and answer/)).toBeNull();
  type(/^Format/, "http");
  type(/^Request and answer/, '{"template": {"text": "{{prompt}}"}}');
  type(/^New key/, "sk-2");
  type(/^Longest wait/, "600");
  save();
  await screen.findByText("Saved.");
  expect(sent()).toEqual([
    {
      format: "http",
      formatOptions: { template: { text: "{{prompt}}" } },
      apiKey: "sk-2",
      timeoutSeconds: 600,
    },
  ]);
});

test("counts parameters in billions, and sends what is no number to be refused by name", async () => {
  api.on("PATCH /api/v1/models/flow", () => ({ revision: 4 }));
  open();
  expect(screen.getByLabelText<HTMLInputElement>(/^Parameters/).value).toBe("12");
  type(/^Parameters/, "0.9");
  type(/^Price/, "four cents");
  save();
  await screen.findByText("Saved.");
  expect(sent()).toEqual([{ parameters: 900_000_000, pricePerImageUsd: "four cents" }]);
});

test("shows what is written down, sends nothing that is no JSON, and tells a refusal in its words", async () => {
  api.on("PATCH /api/v1/models/flow", () => new Refusal(400, "invalid_request", "holds no {{prompt}}"));
  open({ format: "http", formatOptions: { template: { text: "{{prompt}}" } } });
  expect(screen.getByLabelText<HTMLTextAreaElement>(/^Request and answer/).value).toContain("{{prompt}}");
  type(/^Request and answer/, "{");
  save();
  expect((await screen.findByRole("alert")).textContent).toBe("What was written is no JSON.");
  expect(sent()).toEqual([]);
  type(/^Request and answer/, "{}");
  save();
  await waitFor(() => expect(screen.getByRole("alert").textContent).toBe("holds no {{prompt}}"));
});
