import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ProxySection } from "@/components/agreement/proxy-section";
import { VendorRanks } from "@/components/agreement/vendor-ranks";
import type { AgreementView, ProxyView } from "@/lib/schemas/agreement";

afterEach(cleanup);

const models: AgreementView["models"] = [
  { slug: "ada", name: "Ada", rating: 1100.4, low: 1050, high: 1150 },
  { slug: "bea", name: "Bea", rating: 1000, low: 950, high: 1050 },
  { slug: "cai", name: "Cai", rating: 900, low: 850, high: 950 },
];
const misled = {
  ...{ better: "ada", worse: "bea", z: 2.5, prompt: "a red star", voted: true },
  images: { better: "/media/1", worse: "/media/2" },
};
const fid: ProxyView = {
  id: "fid",
  better: "lower",
  points: [
    { model: "bea", value: 12.3, low: 12, high: 13, n: 1200 },
    { model: "ada", value: 14.5, low: null, high: null, n: null },
  ],
  missing: [{ model: "cai", reason: "no value" }],
  tau: null,
  misled: [misled, { ...misled, worse: "cai", z: 1, images: null, prompt: null }],
};

test("a proxy says what it orders, of whom it is not known, and where it misleads", () => {
  render(<ProxySection proxy={fid} models={models} />);
  screen.getByText("FID is known of 2 rated models: an order needs three.");
  screen.getByText("Not known of Cai.");
  screen.getByRole("img", { name: "Rating against FID: Bea 1000 and 12.3, Ada 1100 and 14.5" });
  const [shown, unsure] = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(shown).toBe(
    "“a red star” People chose between these two.People prefer Ada; FID prefers Bea. People are sure (z = 2.5).",
  );
  expect(unsure).toBe("People prefer Ada; FID prefers Cai. People are not sure yet (z = 1.0).");
  screen.getByRole("img", { name: "a red star, by Ada" });
});

test("the plot's numbers are there as a table, best-rated first", () => {
  render(<ProxySection proxy={{ ...fid, misled: [] }} models={models} />);
  fireEvent.click(screen.getAllByRole("button").at(-1)!);
  const [, ada, bea] = within(screen.getByRole("table")).getAllByRole("row");
  expect(ada.textContent).toBe("Ada1100 1050 to 115014.5 –");
  expect(bea.textContent).toBe("Bea1000 950 to 105012.3 12.0 to 13.01,200");
});

test("ranks by judges stand beside those without each creator's", () => {
  const cut = (without: string | null, ranks: [model: string, rank: number][]) => ({
    ...{ without, judges: without === null ? 2 : 1, verdicts: 1200 },
    ranks: ranks.map(([model, rank]) => ({ model, rank, low: rank, high: rank + 1 })),
  });
  const cuts = [
    cut(null, [
      ["ada", 1],
      ["bea", 2],
    ]),
    cut("Acme", [["bea", 1]]),
  ];
  render(<VendorRanks models={models} cuts={cuts} />);
  const [head, ada, bea] = screen.getAllByRole("row").map(({ textContent }) => textContent);
  expect(head).toBe("ModelAll judges2 judges, 1,200 pairsWithout Acme1 judge, 1,200 pairs");
  expect([ada, bea]).toEqual(["Ada1 (1–2)–", "Bea2 (2–3)1 (1–2)"]);
});
