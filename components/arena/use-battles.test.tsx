import { act, renderHook, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { LOOK_MS } from "@/components/arena/battle-state";
import { boardBattles } from "@/components/arena/load-battle";
import { useBattles } from "@/components/arena/use-battles";
import type { VoteResponse } from "@/lib/schemas/battles";
import { serveArena } from "@/tests/support/arena-page";

const { api } = serveArena();

describe("a battle's answer", () => {
  const source = boardBattles("text-to-image");
  const battles = () => {
    const results: VoteResponse[] = [];
    const record = (result: VoteResponse) => void results.push(result);
    const { result } = renderHook(() => useBattles(source, record, false));
    return { now: () => result.current, results };
  };
  /** The pair on the stage is painted, long ago. */
  const look = async (now: ReturnType<typeof battles>["now"]) => {
    await waitFor(() => expect(now().stage.name).toBe("ready"));
    const { stage } = now();
    if (stage.name !== "ready") throw new Error("No pair.");
    act(() => now().painted(stage.battle.battleId, performance.now() - LOOK_MS));
    return stage.battle;
  };

  test("to a vote that comes after its pair has left the stage changes nothing there", async () => {
    const held = (api.held = []) as (() => void)[];
    const { now, results } = battles();
    const first = await look(now);
    act(() => now().vote("left", performance.now()));
    await waitFor(() => expect(api.votes).toHaveLength(1));
    await act(() => now().generate("a cat"));
    const second = await look(now);
    expect(second.battleId).not.toBe(first.battleId);
    act(() => now().vote("right", performance.now()));
    await waitFor(() => expect(held).toHaveLength(2));
    for (const letGo of held) letGo();
    await waitFor(() => expect(now().stage.name).toBe("revealed"));
    expect(now().stage).toMatchObject({ outcome: "right", battle: { battleId: second.battleId } });
    expect(results.map((result) => result.outcome)).toEqual(["right"]);
    expect(api.votes.map((vote) => vote.battleId)).toEqual([first.battleId, second.battleId]);
  });

  test("to a vote is not awaited by a second one: a vote is sent once", async () => {
    const { now } = battles();
    await look(now);
    act(() => {
      now().vote("left", performance.now());
      now().vote("right", performance.now());
    });
    await waitFor(() => expect(now().stage.name).toBe("revealed"));
    expect(api.votes).toHaveLength(1);
  });
});
