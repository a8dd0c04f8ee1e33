import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { StorageRoom } from "@/components/admin/storage-room";
import type { StorageView } from "@/lib/schemas/administration/storage";
import { servePage } from "@/tests/support/page-api";

const PATH = "/api/v1/admin/storage";
const api = servePage("/admin/storage");
const VIEW: StorageView = {
  report: null,
  measuredAt: null,
  disks: [{ folder: "data", freeBytes: 2_000_000_000, totalBytes: 10_000_000_000 }],
  watermarkBytes: 1_000_000_000,
  isLow: false,
  lastBackupAt: null,
  pending: { measure: false, collect: false },
};
const part = { count: 3, bytes: 1_500_000 };
const REPORT = {
  ...{ samples: part, references: part, other: part, derivatives: part, uploads: part, logs: part },
  ...{ database: 12_000_000, unneeded: { count: 1, bytes: 500 }, orphans: { count: 0, bytes: 0 } },
};

test("free space is told against what is kept free, and a disk that is nearly full is said to be", () => {
  render(<StorageRoom initial={{ ...VIEW, isLow: true }} />);
  screen.getByText("2 GB of 10 GB");
  expect(screen.getByRole("alert").textContent).toContain("nothing is taken in");
  screen.getByText(/Nothing has been measured yet/);
  screen.getByText("none is known");
});

test("what is asked for is shown to be under way, and its outcome once it is there", async () => {
  let asked = 0;
  const at = "2026-11-30T10:00:00.000Z";
  api.on(`POST ${PATH}`, () => VIEW);
  api.on(`GET ${PATH}`, () =>
    asked++ === 0
      ? { ...VIEW, pending: { measure: false, collect: true } }
      : { ...VIEW, report: REPORT, measuredAt: at },
  );
  render(<StorageRoom initial={VIEW} />);
  fireEvent.click(screen.getByRole("button", { name: "Collect now" }));
  const busy = await screen.findByRole("button", { name: "Being collected" });
  expect((busy as HTMLButtonElement).disabled).toBe(true);
  await waitFor(() => screen.getByText("12 MB"));
  expect(screen.getByRole("status").textContent).toContain("30 Nov 2026");
  expect(api.of(`POST ${PATH}`).map(({ body }) => body)).toEqual([{ action: "collect" }]);
});
