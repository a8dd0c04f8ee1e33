import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Arena } from "@/components/arena/arena";
import { serveArena } from "@/tests/support/arena-page";

const { api } = serveArena();

const image = (letter: "A" | "B") =>
  screen.getByRole<HTMLButtonElement>("button", { name: new RegExp(`Image ${letter} is better`) });
const open = () => waitFor(() => expect(image("A").disabled).toBe(false));
const press = (key: string) => fireEvent.keyDown(document.body, { key });
const sources = () =>
  [...screen.getByRole("dialog").querySelectorAll("img")].map((shown) => shown.getAttribute("src"));
const note = () => screen.getByRole("dialog").textContent;
const close = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });

test("both images are looked at closely by key, by corner and by a finger that rests, at the stage's own addresses, without a vote", async () => {
  render(<Arena board="text-to-image" waiting={null} />);
  await open();
  const shown = [image("A"), image("B")].map((side) => side.querySelector("img")!.getAttribute("src"));
  press("z");
  await screen.findByRole("dialog");
  expect(sources()).toEqual(shown);
  expect(note()).toContain("Their own sizes are shown after your vote.");
  // The keys belong to what lies on top.
  fireEvent.keyDown(screen.getByRole("button", { name: "Fit" }), { key: "a" });
  close();
  expect(screen.queryByRole("dialog")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Look closely at B" }));
  await screen.findByRole("dialog");
  close();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const finger = { pointerType: "touch", clientX: 5, clientY: 5 };
  fireEvent.pointerDown(image("A"), finger);
  fireEvent.pointerMove(image("A"), { ...finger, clientX: 50 });
  vi.advanceTimersByTime(600);
  expect(screen.queryByRole("dialog")).toBeNull();
  const pressed = image("A");
  fireEvent.pointerDown(pressed, finger);
  vi.advanceTimersByTime(600);
  vi.useRealTimers();
  await screen.findByRole("dialog");
  fireEvent.pointerUp(pressed, finger);
  fireEvent.click(pressed);
  close();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  expect(api.votes).toEqual([]);
});

test("after the vote both are looked at in the sizes in which their models made them", async () => {
  window.localStorage.setItem("salon-undo", "off");
  render(<Arena board="text-to-image" waiting={null} />);
  await open();
  fireEvent.click(image("A"));
  await screen.findByRole("button", { name: /Next pair/ });
  press("z");
  await screen.findByRole("dialog");
  expect(sources()).toEqual([
    expect.stringMatching(/left\?size=original$/),
    expect.stringMatching(/right\?size=original$/),
  ]);
  expect(note()).toContain("In their own sizes.");
});
