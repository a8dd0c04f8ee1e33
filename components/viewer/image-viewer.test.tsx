import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ImageViewer } from "@/components/viewer/image-viewer";
import { pointOf, pushed, WHOLE, zoomedBy } from "@/components/viewer/view";

afterEach(cleanup);

const images = [
  { src: "/media/samples/a?size=whole", label: "Step 1000" },
  { src: "/media/samples/b?size=whole", label: "Step 2000" },
];

/** The viewer of two images, one twice as large as the other, opened. */
function openViewer() {
  render(
    <ImageViewer images={images} title="a red fox">
      <span>small</span>
    </ImageViewer>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Look closer: a red fox" }));
  const found = images.map(({ label }) => screen.getByRole<HTMLImageElement>("img", { name: label }));
  found.forEach((image, at) => {
    Object.defineProperty(image, "naturalWidth", { value: 1000 * (at + 1) });
    Object.defineProperty(image, "naturalHeight", { value: 500 * (at + 1) });
    fireEvent.load(image);
  });
  return found;
}

/** Width, height and shift, in which a share is rounded to a thousandth of a per cent. */
const placeOf = ({ style }: HTMLElement) => [
  style.width,
  style.height,
  style.transform.replace(/[\d.]+(?=%)/g, (share) => String(Number(Number(share).toFixed(3)))),
];
const key = (name: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(screen.getByRole("button", { name: "Fit" }), { key: name, ...more });
const isPressed = (name: string) => screen.getByRole("button", { name }).getAttribute("aria-pressed");

test("it opens with the whole of each image, and goes to a pixel for a pixel and back, by button and by key", () => {
  const [a, b] = openViewer();
  expect([isPressed("Fit"), isPressed("1:1"), placeOf(a)[2]]).toEqual(["true", "false", ""]);
  fireEvent.click(screen.getByRole("button", { name: "1:1" }));
  expect(placeOf(a)).toEqual(["1000px", "500px", "translate(-50%, -50%)"]);
  expect(placeOf(b)).toEqual(["2000px", "1000px", "translate(-50%, -50%)"]);
  key("0");
  expect(isPressed("Fit")).toBe("true");
  key("1");
  expect(isPressed("1:1")).toBe("true");
  screen.getByText("1000 × 500");
  screen.getByText("2000 × 1000");
});

test("both images move and zoom in step, by arrow keys and by dragging either", () => {
  const [a, b] = openViewer();
  key("ArrowRight");
  expect(placeOf(a)[2]).toBe("");
  key("1");
  key("ArrowRight");
  key("ArrowUp");
  // 64 of 1,000 pixels to the right, 64 of 500 up, in shares: the same part of the larger image.
  expect(placeOf(a)[2]).toBe("translate(-56.4%, -37.2%)");
  expect(placeOf(b)[2]).toBe(placeOf(a)[2]);
  key("+");
  expect([placeOf(a)[0], placeOf(b)[0]]).toEqual(["2000px", "4000px"]);
  expect(screen.getByRole("status").textContent).toBe("2:1");
  const pane = b.closest("[data-pane]")!;
  fireEvent.pointerDown(pane, { clientX: 100, clientY: 100, pointerId: 1 });
  fireEvent.pointerMove(pane, { clientX: 500, clientY: 100, pointerId: 1 });
  fireEvent.pointerUp(pane, { pointerId: 1 });
  fireEvent.pointerMove(pane, { clientX: 900, clientY: 900, pointerId: 1 });
  expect(placeOf(a)[2]).toBe("translate(-46.4%, -37.2%)");
  expect(placeOf(b)[2]).toBe(placeOf(a)[2]);
  key("-");
  expect(isPressed("1:1")).toBe("true");
});

test("it is closed by Escape, and begins anew", () => {
  openViewer();
  key("1");
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
  expect(screen.queryByRole("dialog")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /Look closer/ }));
  expect(isPressed("Fit")).toBe("true");
});

test("an image that does not arrive says so", () => {
  const [a] = openViewer();
  fireEvent.error(a);
  screen.getByRole("alert");
});

test("no image is pushed beyond its edge, and zoom ends at both ends", () => {
  const view = { zoom: 1, x: 0.5, y: 0.5 };
  const size = { width: 1000, height: 500 };
  expect(pushed(view, { x: -9_000, y: 9_000 }, size)).toEqual({ zoom: 1, x: 1, y: 0 });
  expect(pushed(WHOLE, { x: 50, y: 0 }, size)).toBe(WHOLE);
  expect(pushed(view, { x: 5, y: 0 }, { width: 0, height: 0 })).toBe(view);
  expect(zoomedBy(WHOLE, -1)).toBe(WHOLE);
  expect(zoomedBy({ ...view, zoom: 8 }, 1)).toEqual({ ...view, zoom: 8 });
  // A wide image in a square pane stands in its middle: a press at its left edge, and one above it.
  const pane = { width: 100, height: 100 };
  expect(pointOf({ x: 0, y: 50 }, pane, size)).toEqual({ x: 0, y: 0.5 });
  expect(pointOf({ x: 50, y: 10 }, pane, size)).toEqual({ x: 0.5, y: 0 });
});

const shownLabels = () =>
  images
    .map(({ label }) => label)
    .filter((label) => screen.getByRole("img", { name: label }).closest(".hidden") === null);

test("of two images either is seen alone, and the other in its place while a key or button is held", () => {
  openViewer();
  expect(shownLabels()).toEqual(["Step 1000", "Step 2000"]);
  fireEvent.click(screen.getByRole("button", { name: "Step 2000" }));
  expect(shownLabels()).toEqual(["Step 2000"]);
  key("f");
  expect(shownLabels()).toEqual(["Step 1000"]);
  key("f", { repeat: true });
  expect(shownLabels()).toEqual(["Step 1000"]);
  fireEvent.keyUp(screen.getByRole("button", { name: "Fit" }), { key: "f" });
  expect(shownLabels()).toEqual(["Step 2000"]);
  fireEvent.click(screen.getByRole("button", { name: "Both" }));
  const hold = screen.getByRole("button", { name: "Hold to flicker" });
  fireEvent.pointerDown(hold);
  expect(shownLabels()).toEqual(["Step 2000"]);
  fireEvent.pointerUp(hold);
  expect(shownLabels()).toEqual(["Step 1000"]);
});

test("a finger that goes aside brings the other image, but not one that goes up, nor while zoomed", () => {
  const [a] = openViewer();
  fireEvent.click(screen.getByRole("button", { name: "Step 1000" }));
  const pane = a.closest("[data-pane]")!;
  const swipe = (x: number, y: number) => {
    fireEvent.pointerDown(pane, { clientX: 200, clientY: 200, pointerId: 1 });
    fireEvent.pointerUp(pane, { clientX: 200 + x, clientY: 200 + y, pointerId: 1 });
  };
  swipe(-10, 0);
  swipe(-90, 80);
  expect(shownLabels()).toEqual(["Step 1000"]);
  swipe(-90, 10);
  expect(shownLabels()).toEqual(["Step 2000"]);
  swipe(90, 0);
  expect(shownLabels()).toEqual(["Step 1000"]);
  key("1");
  swipe(-90, 0);
  expect(shownLabels()).toEqual(["Step 1000"]);
});
