import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { retryWait, useApi } from "@/components/use-api";
import { Refusal, servePage } from "@/tests/support/page-api";

type Count = { count: number };

const PATH = "/api/v1/count";
const SHORT_MS = 10;
const api = servePage();

/** Any answer is followed by another request, and none but what says so is the last. */
const follow = (initial: Count, last = Number.POSITIVE_INFINITY) =>
  renderHook(
    (props: { initial: Count }) =>
      useApi<Count>(PATH, {
        initial: props.initial,
        wait: ({ count }) => (count < last ? SHORT_MS : null),
      }),
    { initialProps: { initial } },
  );

/** So many of the waits between two requests pass. */
async function pass(waits: number): Promise<void> {
  let passed = 0;
  const clock = setInterval(() => passed++, SHORT_MS);
  await waitFor(() => expect(passed).toBeGreaterThan(waits));
  clearInterval(clock);
}

const look = (state: DocumentVisibilityState) =>
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
afterEach(() => void look("visible"));

const counting = () => {
  let count = 0;
  api.on(`GET ${PATH}`, () => ({ count: ++count }));
};

describe("an answer kept up to date", () => {
  test("is asked for until it says that it is final", async () => {
    counting();
    const { result } = follow({ count: 0 }, 3);
    expect(result.current.data.count).toBe(0);
    await waitFor(() => expect(result.current.data.count).toBe(3));
    await pass(20);
    expect(api.requests).toHaveLength(3);
  });

  test("is not asked for while the tab is hidden, and again once it is shown", async () => {
    counting();
    const { result } = follow({ count: 0 });
    await waitFor(() => expect(result.current.data.count).toBeGreaterThan(1));
    look("hidden");
    // One may be under way.
    await pass(5);
    const before = api.requests.length;
    await pass(20);
    expect(api.requests).toHaveLength(before);
    look("visible");
    await waitFor(() => expect(api.requests.length).toBeGreaterThan(before));
  });

  test("stays when a request fails, is tried again by itself, and then has no error any more", async () => {
    let failures = 0;
    api.on(`GET ${PATH}`, () =>
      ++failures === 1 ? new Refusal(500, "internal", "It broke.") : { count: 7 },
    );
    const { result } = follow({ count: 4 }, 7);
    await waitFor(() => expect(result.current.error?.message).toBe("It broke."));
    expect(result.current.data.count).toBe(4);
    await waitFor(() => expect(result.current.data.count).toBe(7));
    expect(result.current.error).toBeNull();
  });

  test("is not asked for again where it is refused for good", async () => {
    api.on(`GET ${PATH}`, () => new Refusal(404, "not_found", "It is gone."));
    const { result } = follow({ count: 4 });
    await waitFor(() => expect(result.current.error?.message).toBe("It is gone."));
    await pass(retryWait(1, null) / SHORT_MS + 20);
    expect(api.requests).toHaveLength(1);
  });

  test("is what the server rendered, not what an earlier visit of the page left behind", async () => {
    counting();
    const earlier = follow({ count: 0 }, 2);
    await waitFor(() => expect(earlier.result.current.data.count).toBe(2));
    earlier.unmount();
    const { result, rerender } = follow({ count: 8 }, 2);
    expect(result.current.data.count).toBe(8);
    rerender({ initial: { count: 9 } });
    expect(result.current.data.count).toBe(9);
    expect(api.requests).toHaveLength(2);
  });
});

test.each([
  [1, null, 1_000],
  [2, null, 2_000],
  [5, null, 16_000],
  [6, null, 30_000],
  [500, null, 30_000],
  [1, 12, 12_000],
  [6, 12, 30_000],
])("after %i failures, told to wait %s s, the next try comes after %i ms", (failures, told, wait) => {
  expect(retryWait(failures, told)).toBe(wait);
});
