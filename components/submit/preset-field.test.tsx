import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { SubmitForm } from "@/components/submit/submit-form";
import { PRESETS } from "@/lib/schemas/catalogue/catalogue";
import { servePage } from "@/tests/support/page-api";
import { pageRouter } from "@/tests/support/page-router";

const api = servePage("/submit");
const boards = [{ slug: "text-to-image", name: "Text to image", imageSize: "64x64" }] as Parameters<
  typeof SubmitForm
>[0]["boards"];

function open() {
  render(
    <SubmitForm
      boards={boards}
      suggestions={{ paradigm: [], architecture: [], representation: [], textConditioning: [] }}
      reviewed={false}
      presets={PRESETS}
    />,
    { wrapper: pageRouter("/submit").wrapper },
  );
}
const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string | RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const press = (name: RegExp) => fireEvent.click(screen.getByRole("button", { name }));

test("a known model is found by its name, filled in with where its price stands, changed, and sent with a key", async () => {
  api.on("POST /api/v1/models", () => new Promise(() => {}));
  open();
  type("A known model", "gpt image 2 (hi");
  expect(field("Name").value).toBe("");
  type("A known model", "gpt image 2 (high)");
  expect([field("Name").value, field(/^Address/).value, field(/^Quality/).value]).toEqual([
    "GPT Image 2 (High)",
    "https://api.openai.com/v1",
    "high",
  ]);
  type(/^Key/, "sk-1");
  type("Image size", "1536x1024");
  press(/Submit and start/);
  await waitFor(() => expect(api.of("POST /api/v1/models")).toHaveLength(1));
  expect(api.of("POST /api/v1/models")[0].body).toMatchObject({
    preset: "gpt-image-2-high",
    apiKey: "sk-1",
    format: "openai-images",
    providerModel: "gpt-image-2",
    imageSize: "1536x1024",
    pricePerImageUsd: 0.211,
    priceSource: "list price, OpenAI, image generation guide, 2026-10-08",
    openWeights: false,
    extraFields: { quality: "high", background: "opaque" },
  });
});

test("another known model leaves nothing of the one before, and says what is not certain of it", async () => {
  open();
  type("A known model", "GPT Image 2 (High)");
  type("A known model", "MiniMax-H3-Image");
  expect([field(/^Price per image/).value, field(/^Longest wait/).value]).toEqual(["", "600"]);
  expect(screen.queryByLabelText(/^Quality/)).toBeNull();
  await screen.findByText(/No list price was found.*Not certain: whether its weights are open/);
  // Nor does it come back with the next one's format.
  fireEvent.change(screen.getByLabelText("Format"), { target: { value: "openai-images" } });
  expect(field(/^Quality/).value).toBe("");
});
