import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Arena } from "@/components/arena/arena";
import { serveArena } from "@/tests/support/arena-page";

const { api } = serveArena();
afterEach(() => vi.restoreAllMocks());

const image = (letter: "A" | "B") =>
  screen.getByRole<HTMLButtonElement>("button", { name: new RegExp(`Image ${letter} is better`) });
const open = () => waitFor(() => expect(image("A").disabled).toBe(false));
const press = (key: string) => fireEvent.keyDown(document.body, { key });
const revealed = () => screen.findByRole("button", { name: /Next pair/ });
const shown = () => waitFor(() => expect(image("A").querySelector("img")).not.toBeNull());

describe("who looks at a pair", () => {
  test("tells the names to who does not see them, hands the keyboard on, and shows Elo only on wish", async () => {
    const { container } = render(<Arena board="text-to-image" waiting={null} />);
    await open();
    image("A").focus();
    press("a");
    press("Enter");
    await revealed();
    expect(screen.getByRole("status").textContent).toBe(
      "You chose Flow. An even match. A is Flow, B is Turbo.",
    );
    await waitFor(() => expect(document.activeElement?.textContent).toMatch(/^Next pair/));
    expect(container.textContent).not.toMatch(/1000/);
    fireEvent.click(screen.getByRole("switch", { name: "Elo" }));
    expect(container.textContent).toMatch(/1000/);
    press("n");
    await open();
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("The pair"));
    expect(screen.getByRole("status").textContent).toBe("New pair: a teddy bear");
  });

  test("takes votes only once half of each side has been on the screen, and says so", async () => {
    const place = { top: 700, bottom: 1100 };
    vi.spyOn(window, "innerHeight", "get").mockReturnValue(800);
    vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
      if (this.hasAttribute("data-bar")) return { top: 800 } as DOMRect;
      const isB = this.textContent?.startsWith("Image B");
      return (isB ? { ...place } : { top: 0, bottom: 0 }) as DOMRect;
    });
    render(<Arena board="text-to-image" waiting={null} />);
    await shown();
    await screen.findByText(/Scroll until you have seen both/);
    press("a");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    Object.assign(place, { top: 500, bottom: 900 });
    window.dispatchEvent(new Event("scroll"));
    await open();
    expect(screen.queryByText(/Scroll until/)).toBeNull();
  });

  test("shows three lines of a long prompt, and all of it on wish", async () => {
    vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockReturnValue(300);
    vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(90);
    render(<Arena board="text-to-image" waiting={null} />);
    await shown();
    const heading = screen.getByRole("heading", { name: "“a teddy bear”" });
    expect(heading.className).toMatch(/line-clamp/);
    fireEvent.click(screen.getByRole("button", { name: "Read the whole prompt" }));
    expect(heading.className).not.toMatch(/line-clamp/);
    fireEvent.click(screen.getByRole("button", { name: "Fewer lines" }));
    expect(heading.className).toMatch(/line-clamp/);
  });

  test("skips a pair without a vote", async () => {
    render(<Arena board="text-to-image" waiting={null} />);
    await open();
    const source = () => image("A").querySelector("img")?.getAttribute("src");
    const skipped = source();
    fireEvent.click(screen.getByRole("button", { name: "Skip this pair" }));
    await waitFor(() => expect(source()).not.toBe(skipped));
    await open();
    expect(api.votes).toEqual([]);
  });
});
