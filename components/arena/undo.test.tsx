import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Arena } from "@/components/arena/arena";
import { UNDO_MS } from "@/components/arena/battle-state";
import { serveArena } from "@/tests/support/arena-page";

const { api } = serveArena();
afterEach(() => vi.restoreAllMocks());

const image = (letter: "A" | "B") =>
  screen.getByRole<HTMLButtonElement>("button", { name: new RegExp(`Image ${letter} is better`) });
const open = () => waitFor(() => expect(image("A").disabled).toBe(false));
const press = (key: string) => fireEvent.keyDown(document.body, { key });
const revealed = () => screen.findByRole("button", { name: /Next pair/ });

describe("the arena", () => {
  test("sends nothing that is undone in time, by button or key, and takes the vote that follows", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    press("a");
    const undo = await screen.findByRole("button", { name: "Undo" });
    expect(screen.getByRole("status").textContent).toBe("You chose A.");
    expect(screen.queryByText(/Flow/)).toBeNull();
    fireEvent.click(undo);
    await open();
    press("t");
    press("Backspace");
    await open();
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    expect(api.votes).toEqual([]);
    press("x");
    press("b");
    press("Enter");
    await revealed();
    expect(api.votes.map(({ outcome }) => outcome)).toEqual(["right"]);
  });

  test("sends a vote by itself after the time to undo, and at once where there is none", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    const votedAt = performance.now();
    press("a");
    await revealed();
    expect(performance.now() - votedAt).toBeGreaterThan(UNDO_MS - 1);
    fireEvent.click(screen.getByRole("switch", { name: "Time to undo" }));
    cleanup();
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    press("b");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    await revealed();
    expect(api.votes.map(({ outcome }) => outcome)).toEqual(["left", "right"]);
  });

  test("sends a vote at once when the page is hidden, and when it is left: once", async () => {
    const { unmount } = render(<Arena board="text-to-image" waiting={null} />);
    await open();
    press("a");
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    await revealed();
    vi.restoreAllMocks();
    press("n");
    await open();
    press("b");
    window.dispatchEvent(new Event("pagehide"));
    unmount();
    await waitFor(() => expect(api.votes.map(({ outcome }) => outcome)).toEqual(["left", "right"]));
  });
});
