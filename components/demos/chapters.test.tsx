import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ChapterList } from "@/components/demos/chapter-list";
import { chapterAddress, CHAPTERS, PARTS } from "@/components/demos/chapters";
import { OldAnchors } from "@/components/demos/old-anchors";

afterEach(cleanup);

test("every chapter is on one page, and the list leads to each", () => {
  const placed = Object.values(PARTS).flat();
  expect([...placed, "price"]).toEqual(CHAPTERS);
  const { container } = render(<ChapterList />);
  const links = [...container.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  for (const chapter of placed) expect(links).toContain(chapterAddress(chapter));
  expect(chapterAddress("guidance")).toBe("/stack/sampling#guidance");
});

test("an address of a chapter from when all were on one page leads to where it is now", () => {
  window.happyDOM.setURL("http://salon.test/stack#guidance");
  render(<OldAnchors />);
  expect(window.location.href).toBe("http://salon.test/stack/sampling#guidance");
  window.happyDOM.setURL("http://salon.test/stack#price");
  render(<OldAnchors />);
  expect(window.location.href).toBe("http://salon.test/stack#price");
});
