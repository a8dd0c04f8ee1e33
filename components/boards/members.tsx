"use client";

import Link from "next/link";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { count, counted, day } from "@/components/format";
import { saidParameters } from "@/components/runs/parameters-text";
import { useApi } from "@/components/use-api";
import type { BoardMemberView, MemberChange } from "@/lib/schemas/boards";
import type { BoardCandidate } from "@/lib/schemas/views";

/** Models come while the page stands open. */
const LOOK_AGAIN_MS = 15_000;

type List = { members: BoardMemberView[] };

/** The models of a board: who waits is let on, who stands there may be taken off, and which run speaks for each is chosen. */
export function Members({
  board,
  initial,
  candidates,
}: {
  board: string;
  initial: List;
  /** Models that could join. */
  candidates: BoardCandidate[];
}) {
  const path = `/api/v1/boards/${board}/members`;
  const { data, error, refresh } = useApi<List>(path, { initial, wait: () => LOOK_AGAIN_MS });
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const problem = refused ?? error?.message;
  const change = async (model: string, body: MemberChange) => {
    setRefused(null);
    setBusy(model);
    try {
      await callApi<List>(`${path}/${model}`, { body });
      await refresh();
    } catch (thrown) {
      setRefused(asApiError(thrown).message);
    }
    setBusy(null);
  };
  const { members } = data;
  const free = candidates.filter(({ model }) => !members.some((member) => member.model === model));
  return (
    <section aria-label="Models">
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mb-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {members.length === 0 ? (
        <p className="card text-muted p-8 text-center">
          No model stands on this board yet. Add one below, <NewModelLinks board={board} />.
        </p>
      ) : (
        <ul className="grid gap-3">
          {members.map((member) => (
            <li key={member.model}>
              <Member
                member={member}
                isBusy={busy === member.model}
                onChange={(body) => change(member.model, body)}
              />
            </li>
          ))}
        </ul>
      )}
      <AddModel
        board={board}
        free={free}
        isBusy={busy !== null}
        onAdd={(model) => change(model, { state: "member" })}
      />
    </section>
  );
}

const STATES = {
  waiting: "waits to be let on",
  member: "on the board",
  removed: "taken off",
} as const satisfies Record<BoardMemberView["state"], string>;

function Member({
  member,
  isBusy,
  onChange,
}: {
  member: BoardMemberView;
  isBusy: boolean;
  onChange: (change: MemberChange) => Promise<void>;
}) {
  const { model, name, creator, state, listed, votes } = member;
  return (
    <article
      className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4"
      aria-label={name}
      aria-busy={isBusy}
    >
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="font-medium break-words">
          <Link href={`/models/${model}`} className="hover:text-accent">
            {name}
          </Link>
        </h3>
        <p className="text-muted text-sm break-words">
          {creator} · {counted(votes, "vote")}
          {!listed && " · private"}
        </p>
      </div>
      {state === "member" && <RunChoice member={member} isBusy={isBusy} onChange={onChange} />}
      <p className="flex items-center gap-3 text-sm">
        <span
          className={`rounded-full px-2.5 py-1 text-xs ${state === "waiting" ? "bg-accent-soft text-accent" : "bg-sunk"}`}
        >
          {STATES[state]}
        </span>
        <button
          type="button"
          className="button-quiet button-small"
          disabled={isBusy}
          onClick={() => void onChange({ state: state === "member" ? "removed" : "member" })}
        >
          {state === "member" ? "Take off" : "Let on"}
          <span className="sr-only"> {name}</span>
        </button>
        {state === "waiting" && (
          <button
            type="button"
            className="button-quiet button-small"
            disabled={isBusy}
            onClick={() => void onChange({ state: "removed" })}
          >
            Refuse<span className="sr-only"> {name}</span>
          </button>
        )}
      </p>
    </article>
  );
}

function RunChoice({
  member: { model, name, run, runs },
  isBusy,
  onChange,
}: {
  member: BoardMemberView;
  isBusy: boolean;
  onChange: (change: MemberChange) => Promise<void>;
}) {
  const published = runs.filter(({ state }) => state === "PUBLISHED");
  if (published.length === 0) {
    return (
      <p className="text-muted basis-60 text-sm">
        {runs.length === 0 ? "No run over the board's prompts yet." : "No published run yet."}
      </p>
    );
  }
  const id = `run-${model}`;
  return (
    <div className="basis-60 text-sm">
      <label htmlFor={id} className="text-muted text-xs">
        Run that stands for it<span className="sr-only">: {name}</span>
      </label>
      <select
        id={id}
        className="field mt-1"
        value={run ?? ""}
        disabled={isBusy}
        onChange={({ target }) => void onChange({ run: target.value || null })}
      >
        <option value="">the best one</option>
        {published.map((each) => (
          <option key={each.runId} value={each.runId}>
            {runName(each)}, {count(each.samples)} samples, {day(each.createdAt)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** By what a run is told from the model's others. */
function runName({ runId, label, promptSet, parameters }: BoardMemberView["runs"][number]): string {
  const said = parameters === null ? "" : saidParameters(parameters);
  return [promptSet, label, said].filter(Boolean).join(": ") || runId;
}

function AddModel({
  board,
  free,
  isBusy,
  onAdd,
}: {
  board: string;
  free: BoardCandidate[];
  isBusy: boolean;
  onAdd: (model: string) => Promise<void>;
}) {
  const [chosen, setChosen] = useState("");
  const model = free.some((each) => each.model === chosen) ? chosen : "";
  return (
    <form
      className="mt-10 max-w-xl"
      onSubmit={(event) => {
        event.preventDefault();
        if (model) void onAdd(model);
      }}
    >
      <label htmlFor="add-model" className="font-serif text-2xl">
        Add a model
      </label>
      <p className="text-muted mt-1 text-sm">
        One of yours, or one that everyone sees. It needs a run over the board&apos;s prompts, which whoever
        submitted it starts. Or bring a new one: <NewModelLinks board={board} />.
      </p>
      <div className="mt-4 flex gap-3">
        <select
          id="add-model"
          className="field min-w-0"
          value={model}
          disabled={free.length === 0}
          onChange={({ target }) => setChosen(target.value)}
        >
          <option value="">{free.length === 0 ? "no other model does this task" : "choose one"}</option>
          {free.map((each) => (
            <option key={each.model} value={each.model}>
              {each.name}, {each.creator}
              {each.own ? " (yours)" : ""}
            </option>
          ))}
        </select>
        <button type="submit" className="button-quiet" disabled={!model || isBusy}>
          Add
        </button>
      </div>
    </form>
  );
}

/** Where a model that is not here yet is brought to a board. */
function NewModelLinks({ board }: { board: string }) {
  return (
    <>
      <Link href={`/submit?board=${board}`} className="link">
        submit an endpoint
      </Link>{" "}
      or{" "}
      <Link href={`/submit/samples?board=${board}`} className="link">
        upload its images
      </Link>
    </>
  );
}
