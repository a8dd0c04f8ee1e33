import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { AuditFilterForm } from "@/components/audit/audit-filter-form";
import { AuditList } from "@/components/audit/audit-list";
import type { AuditEventView } from "@/lib/schemas/accounts/audit";

const event: AuditEventView = {
  id: "7",
  at: "2026-11-30T10:00:00.000Z",
  actor: "user",
  actorId: "usr_1",
  action: "boards.edit",
  subjectKind: "board",
  subjectId: "brd_1",
  subject: "Posters",
  before: { name: "Winter", metrics: [] },
  after: { name: "Spring", metrics: ["inception"] },
  hash: "0".repeat(64),
};

test("an event says who did what to what, and each changed field before and after", () => {
  render(<AuditList page={{ events: [event], next: null }} filter={{}} isFirst />);
  const item = screen.getByRole("listitem");
  expect(item.textContent).toContain("boards.edit");
  expect(item.textContent).toContain("board Posters");
  expect(item.textContent).toContain("user usr_1, 2026-11-30 10:00:00");
  expect(item.textContent).toContain("Winter → Spring");
  expect(item.textContent).toContain('[] → ["inception"]');
});

test("older events are a page further on, under the same filter", () => {
  render(
    <AuditList page={{ events: [event], next: "7" }} filter={{ action: "boards.edit" }} isFirst={false} />,
  );
  expect(screen.getByText("Older").getAttribute("href")).toBe("/audit?action=boards.edit&before=7");
  expect(screen.getByText("The newest").getAttribute("href")).toBe("/audit?action=boards.edit");
});

test("an empty log says so, and an empty answer to a filter another thing", () => {
  const { rerender } = render(<AuditList page={{ events: [], next: null }} filter={{}} isFirst />);
  expect(screen.getByText("Nothing has been changed yet.")).toBeTruthy();
  rerender(<AuditList page={{ events: [], next: null }} filter={{ actor: "token" }} isFirst />);
  expect(screen.getByText("No change like that.")).toBeTruthy();
});

test("the filter is kept in its fields and in the downloads, and one that is wrong is told", () => {
  render(<AuditFilterForm filter={{ actor: "operator" }} problem="must be a day" />);
  expect((screen.getByLabelText("Actor or its id") as HTMLInputElement).value).toBe("operator");
  expect(screen.getByText("CSV").getAttribute("href")).toBe("/api/v1/audit?actor=operator&format=csv");
  expect(screen.getByRole("alert").textContent).toContain("must be a day");
});
