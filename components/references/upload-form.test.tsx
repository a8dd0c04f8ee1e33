import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { UploadForm } from "@/components/references/upload-form";
import { Refusal, servePage } from "@/tests/support/page-api";

const api = servePage("/references");

function open() {
  let added = 0;
  render(
    <UploadForm
      megabytes={1}
      encoders={["toybox-encoder", "inception"]}
      videoEncoders={[]}
      onAdded={() => void added++}
    />,
  );
  return { added: () => added };
}
const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string | RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const described = (label: string | RegExp) =>
  document.getElementById(field(label).getAttribute("aria-describedby") ?? "")?.textContent ?? null;
const upload = () => fireEvent.click(screen.getByRole("button", { name: "Upload" }));
const choose = (name: string, content: string) =>
  fireEvent.change(field("File"), { target: { files: [new File([content], name)] } });

test("asks for a file and a name, at their fields, and sends nothing", async () => {
  open();
  upload();
  await waitFor(() => expect(described("File")).toMatch(/Choose a .zip/));
  expect(described("Name")).toBe("Give the set a name.");
  expect(document.activeElement).toBe(field("File"));
  expect(api.requests).toEqual([]);
});

test("says that a file is too large as soon as it is chosen, and does not send it", async () => {
  open();
  choose("large.zip", "x".repeat(2 ** 20 + 1));
  await waitFor(() => expect(described("File")).toBe("The file has 2 MiB; this site takes at most 1."));
  upload();
  await waitFor(() => expect(document.activeElement).toBe(field("File")));
  expect(api.requests).toEqual([]);
});

test("sends the file under its own name with what was chosen, and is empty for the next one", async () => {
  api.on("POST /api/v1/references", () => ({ id: "ref_1" }));
  const { added } = open();
  choose("street scenes.zip", "PK and more");
  await waitFor(() => expect(field("Name").value).toBe("street scenes"));
  type("Encoder", "inception");
  type(/^Resize in front/, "clean");
  upload();
  await waitFor(() => expect(added()).toBe(1));
  const [{ query, body }] = api.requests;
  expect(Object.fromEntries(query)).toEqual({
    name: "street scenes",
    encoder: "inception",
    resize: "clean",
  });
  expect(body).toBe("PK and more");
  expect(field("Name").value).toBe("");
});

test("asks of statistics alone how many samples they are of", async () => {
  api.on("POST /api/v1/references", () => ({ id: "ref_1" }));
  open();
  choose("mine.zip", "PK");
  expect(screen.queryByLabelText(/^Samples behind/)).toBeNull();
  choose("mine.npz", "PK");
  type(await screen.findByLabelText(/^Samples behind/).then(() => /^Samples behind/), "one");
  upload();
  await waitFor(() => expect(described(/^Samples behind/)).toMatch(/whole number/));
  type(/^Samples behind/, "50000");
  upload();
  await waitFor(() => expect(api.requests).toHaveLength(1));
  expect(api.requests[0].query.get("n")).toBe("50000");
});

test("shows what the server refuses at the field it names, and elsewhere below the form", async () => {
  const refusals = [
    new Refusal(409, "conflict", "You have a set of this name.", "name"),
    new Refusal(503, "unavailable", "The disk is full."),
  ];
  api.on("POST /api/v1/references", () => refusals.shift());
  const { added } = open();
  choose("mine.zip", "PK");
  await waitFor(() => expect(field("Name").value).toBe("mine"));
  upload();
  await waitFor(() => expect(described("Name")).toBe("You have a set of this name."));
  upload();
  expect((await screen.findByRole("alert")).textContent).toBe("The disk is full.");
  expect(added()).toBe(0);
});
