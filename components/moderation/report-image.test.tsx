import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ReportImage } from "@/components/moderation/report-image";
import { SampleImage } from "@/components/sample-image";
import { ImageViewer } from "@/components/viewer/image-viewer";
import { viewedImages } from "@/components/viewer/viewed-images";
import { sampleAddress } from "@/lib/schemas/sample-address";
import { servePage } from "@/tests/support/page-api";

const api = servePage("/models/m");
const url = sampleAddress({ id: "smp_1", state: "BLURRED" });
const shown = () => screen.getByRole<HTMLImageElement>("img", { name: "a red fox" }).getAttribute("src");

test("a report is sent with its reason and words, and thanked for", async () => {
  api.on("POST /api/v1/reports", () => ({ reportId: "rpt_1", isNew: true }));
  render(<ReportImage what={{ sampleId: "smp_1" }} />);
  fireEvent.click(screen.getByRole("button", { name: "Report" }));
  fireEvent.click(screen.getByRole("radio", { name: "Violence" }));
  fireEvent.change(screen.getByLabelText("More, if you like"), { target: { value: "blood" } });
  fireEvent.click(screen.getByRole("button", { name: "Report" }));
  await screen.findByText(/^Thank you/);
  const [{ body }] = api.of("POST /api/v1/reports");
  expect(body).toEqual({ sampleId: "smp_1", reason: "violence", text: "blood" });
});

test("of a battle it is asked which of the two, and the request differs in the side alone", async () => {
  api.on("POST /api/v1/reports", () => ({ reportId: null, isNew: true }));
  for (const letter of ["A", "B"]) {
    const { unmount } = render(<ReportImage what={{ battleId: "bat_1" }} />);
    fireEvent.click(screen.getByRole("button", { name: "Report an image" }));
    fireEvent.click(screen.getByRole("radio", { name: letter }));
    fireEvent.click(screen.getByRole("radio", { name: "No image, or a broken one" }));
    fireEvent.click(screen.getByRole("button", { name: "Report" }));
    await screen.findByText(/^Thank you/);
    unmount();
  }
  expect(api.of("POST /api/v1/reports").map(({ body }) => body)).toEqual([
    { battleId: "bat_1", side: "left", reason: "broken", text: "" },
    { battleId: "bat_1", side: "right", reason: "broken", text: "" },
  ]);
});

test("a blurred image is asked for as it is by a press alone", () => {
  render(<SampleImage src={url} prompt="a red fox" />);
  expect(shown()).toBe("/media/samples/smp_1?blurred=yes");
  fireEvent.click(screen.getByRole("button", { name: "Show the blurred image: a red fox" }));
  expect(shown()).toBe("/media/samples/smp_1?blurred=no");
});

test("in the viewer a blurred image is shown by its own button, and no button stands in another", async () => {
  render(
    <ImageViewer images={viewedImages([], [{ url, label: "a red fox" }])} title="a red fox">
      <SampleImage src={url} prompt="small" />
    </ImageViewer>,
  );
  const trigger = screen.getByRole("button", { name: "Look closer: a red fox" });
  expect(trigger.querySelector("button")).toBeNull();
  fireEvent.click(trigger);
  await waitFor(() => expect(shown()).toBe("/media/samples/smp_1?blurred=yes&size=whole"));
  fireEvent.click(screen.getByRole("button", { name: "Show the blurred image: a red fox" }));
  expect(shown()).toBe("/media/samples/smp_1?blurred=no&size=whole");
});
