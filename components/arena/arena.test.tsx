import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { Arena } from "@/components/arena/arena";
import { LOOK_MS } from "@/components/arena/battle-state";
import { DEFAULT_QUESTION, type BattleResponse } from "@/lib/schemas/battles";
import { serveArena } from "@/tests/support/arena-page";
import { Refusal } from "@/tests/support/page-api";

const { api, page } = serveArena();

const image = (letter: "A" | "B") =>
  screen.getByRole<HTMLButtonElement>("button", { name: new RegExp(`Image ${letter} is better`) });
const bar = () =>
  within(screen.getByRole("group", { name: "Your vote" })).getAllByRole<HTMLButtonElement>("button");
const open = () => waitFor(() => expect(image("A").disabled).toBe(false));
const shown = () => waitFor(() => expect(image("A").querySelector("img")).not.toBeNull());
const press = (key: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.body, { key, ...init });
const revealed = () => screen.findByRole("button", { name: /Next pair/ });
/** The time to undo is cut short. */
const showNames = async () => {
  fireEvent.click(await screen.findByRole("button", { name: /Show the names/ }));
  return revealed();
};

describe("the arena", () => {
  test("takes no vote, by any control or key, until the pair has been looked at, and then takes one", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await shown();
    const shownAt = performance.now();
    const tooEarly = () => {
      for (const button of bar()) fireEvent.click(button);
      fireEvent.click(image("A"));
      fireEvent.click(image("B"));
      for (const key of ["a", "b", "t", "x", "ArrowLeft", "ArrowRight", "Enter", " "]) press(key);
    };
    tooEarly();
    expect(bar().map((button) => button.disabled)).toEqual([true, true, true, true]);
    await open();
    expect(performance.now() - shownAt).toBeGreaterThan(LOOK_MS);
    expect(api.votes).toEqual([]);
    fireEvent.click(image("B"));
    fireEvent.click(image("B"));
    await showNames();
    expect(api.votes.map((vote) => vote.outcome)).toEqual(["right"]);
    press("Enter");
    await waitFor(() => expect(screen.queryByRole("button", { name: /Next pair/ })).toBeNull());
    await shown();
    tooEarly();
    await open();
    expect(api.votes).toHaveLength(1);
  });

  test("asks the board's own question of a pair, and the usual one where it has none", async () => {
    api.question = "Which poster would you hang up?";
    render(<Arena board="posters" waiting={null} />);
    await screen.findByText("Which poster would you hang up?");
    expect(screen.queryByText(DEFAULT_QUESTION)).toBeNull();
    cleanup();
    api.question = null;
    render(<Arena board="text-to-image" waiting={null} />);
    await screen.findByText(DEFAULT_QUESTION);
  });

  test("offers a prompt of one's own only where the board takes them", async () => {
    render(<Arena board="posters" ownPrompts={null} waiting={null} />);
    await shown();
    expect(screen.queryByLabelText(/Or ask for/)).toBeNull();
    cleanup();
    render(<Arena board="text-to-image" waiting={null} />);
    await shown();
    screen.getByLabelText(/Or ask for/);
  });

  test("takes a key that is held down once, and leaves arrow up and down to scrolling", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    press("a", { repeat: true });
    // Answers whether the browser may still do what the key does by itself.
    expect(press("ArrowDown")).toBe(true);
    expect(press("ArrowUp")).toBe(true);
    expect(press("ArrowLeft", { repeat: true })).toBe(true);
    expect(fireEvent.keyDown(image("A"), { key: "Enter", repeat: true })).toBe(false);
    expect(api.votes).toEqual([]);
    press("t");
    await showNames();
    expect(api.votes.map((vote) => vote.outcome)).toEqual(["tie"]);
    press("Enter", { repeat: true });
    await revealed();
  });

  test("lights nothing under a pointer that rests", async () => {
    const { container } = render(<Arena board="text-to-image" waiting={null} />);
    const pointer = () => container.querySelector("[data-pointer]")?.getAttribute("data-pointer");
    const move = (x: number) => fireEvent.pointerMove(window, { screenX: x, screenY: 5 });
    move(1);
    await open();
    expect(pointer()).toBe("resting");
    move(1);
    expect(pointer()).toBe("resting");
    move(2);
    expect(pointer()).toBe("moved");
    fireEvent.click(image("A"));
    await showNames();
    press("n");
    await waitFor(() => expect(screen.queryByRole("button", { name: /Next pair/ })).toBeNull());
    await open();
    expect(pointer()).toBe("resting");
  });

  test("takes no single key once they are turned off, and remembers it", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    fireEvent.click(screen.getByRole("switch", { name: "Keyboard shortcuts" }));
    press("a");
    cleanup();
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    press("b");
    expect(api.votes).toEqual([]);
    fireEvent.click(image("A"));
    await showNames();
  });

  test("has the next pair on its way while the present one is looked at, and shows that one", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    await waitFor(() => expect(api.battles).toBe(2));
    press("a");
    await showNames();
    // What is asked for from now on comes late.
    let letGo = (_: Refusal) => {};
    page.on("POST /api/v1/battles", () => new Promise((resolve) => (letGo = resolve)));
    press("n");
    await open();
    expect(image("A").querySelector("img")?.getAttribute("src")).toBe("/media/battles/bat_2/left");
    letGo(new Refusal(503, "unavailable", "Later."));
  });

  test("tries again where the next pair could not be fetched ahead", async () => {
    let asked = 0;
    const battle = (id: string): BattleResponse => ({
      battleId: id,
      token: id,
      prompt: "a red cube",
      category: "objects",
      sources: [],
      clip: null,
      state: "ready",
      failureReason: null,
      left: { url: `/media/battles/${id}/left` },
      right: { url: `/media/battles/${id}/right` },
      size: { width: 64, height: 64 },
      question: null,
      criteria: [],
    });
    page.on("POST /api/v1/battles", () =>
      ++asked === 2 ? new Refusal(500, "internal", "It broke.") : battle(`bat_${asked}`),
    );
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    await waitFor(() => expect(asked).toBe(2));
    press("a");
    await showNames();
    press("n");
    await open();
    expect(image("A").querySelector("img")?.getAttribute("src")).toBe("/media/battles/bat_3/left");
  });

  test("sends no vote that is taken back while criteria are asked, but the one that follows it", async () => {
    api.criteria = ["aesthetics", "prompt_following"];
    localStorage.setItem("salon-details", "on");
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    press("a");
    await screen.findByRole("group", { name: /Aesthetics/ });
    press("Backspace");
    await open();
    expect(screen.queryByRole("group", { name: /Aesthetics/ })).toBeNull();
    press("b");
    const criterion = await screen.findByRole("group", { name: /Aesthetics/ });
    const isPressed = (name: string) =>
      within(criterion).getByRole("button", { name }).getAttribute("aria-pressed") === "true";
    // The first half of a double click on the vote answers nothing: an answer is taken a moment later.
    await waitFor(() => {
      press("t");
      expect(isPressed("Tie")).toBe(true);
    });
    press("Backspace");
    await waitFor(() => expect(isPressed("Tie")).toBe(false));
    expect(api.votes).toEqual([]);
    press("n");
    await revealed();
    expect(api.votes).toHaveLength(1);
    expect(api.votes[0]).toMatchObject({ outcome: "right", criteria: {} });
  });

  test("tells its two images apart, in one line for those who see none", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await shown();
    expect(screen.getByRole("img", { name: "image A, a teddy bear" })).not.toBe(
      screen.getByRole("img", { name: "image B, a teddy bear" }),
    );
  });

  test("says of a prompt of one's own how far its two images are, in the line that was there before", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    const line = screen.getByRole("status");
    const generating = (left: boolean): BattleResponse => ({
      battleId: "bat_own",
      token: "own",
      prompt: "a cat",
      category: "",
      sources: [],
      clip: null,
      state: "generating",
      failureReason: null,
      left: left ? { url: "/media/battles/bat_own/left" } : null,
      right: null,
      size: { width: 64, height: 64 },
      question: null,
      criteria: [],
    });
    page.on("POST /api/v1/battles", () => generating(false));
    page.on("GET /api/v1/battles/bat_own", () => generating(true));
    fireEvent.change(screen.getByLabelText(/image of your own/), { target: { value: "a cat" } });
    fireEvent.click(screen.getByRole("button", { name: /Generate/ }));
    await waitFor(() => expect(line.textContent).toBe("Two models generate for your prompt."));
    await waitFor(() => expect(line.textContent).toBe("One image is done, the other is on its way."));
    expect(screen.getAllByRole("status")).toEqual([line]);
  });

  test("counts a decided vote once when the visitor leaves while criteria are asked", async () => {
    api.criteria = ["aesthetics", "prompt_following"];
    localStorage.setItem("salon-details", "on");
    const { unmount } = render(<Arena board="text-to-image" waiting={null} />);
    await open();
    fireEvent.click(image("B"));
    await screen.findByRole("group", { name: /Aesthetics/ });
    window.dispatchEvent(new Event("pagehide"));
    unmount();
    await waitFor(() => expect(api.votes).toHaveLength(1));
    expect(api.votes[0].outcome).toBe("right");
  });
});
