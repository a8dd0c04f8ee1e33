"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { asApiError, callApi } from "@/components/api-client";
import type { RunWords } from "@/components/runs/page-text";
import { saidParameters } from "@/components/runs/parameters-text";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
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
  const t = useTranslations("boards.members");
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
    <section aria-label={t("label")}>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mb-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      {members.length === 0 ? (
        <p className="card text-muted p-8 text-center">{t.rich("none", newModelLinks(board))}</p>
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

/** What is said of a button's model to who does not see beside what it stands. */
const more = (chunks: ReactNode) => <span className="sr-only">{chunks}</span>;

function Member({
  member,
  isBusy,
  onChange,
}: {
  member: BoardMemberView;
  isBusy: boolean;
  onChange: (change: MemberChange) => Promise<void>;
}) {
  const t = useTranslations("boards.members");
  const { model, name, creator, state, listed, votes } = member;
  return (
    <article
      className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-4"
      aria-labelledby={`member-${model}`}
      aria-busy={isBusy}
    >
      <div className="min-w-0 flex-1 basis-60">
        <h3 id={`member-${model}`} className="font-medium break-words">
          <Link href={`/models/${model}`} className="hover:text-accent" translate="no">
            {name}
          </Link>
        </h3>
        <p className="text-muted text-sm break-words">
          <span translate="no">{creator}</span> · {t("votes", { n: votes })}
          {!listed && ` · ${t("private")}`}
        </p>
      </div>
      {state === "member" && <RunChoice member={member} isBusy={isBusy} onChange={onChange} />}
      <p className="flex items-center gap-3 text-sm">
        <span
          className={`rounded-full px-2.5 py-1 text-xs ${state === "waiting" ? "bg-accent-soft text-accent" : "bg-sunk"}`}
        >
          {t("state", { state })}
        </span>
        <button
          type="button"
          className="button-quiet button-small"
          disabled={isBusy}
          onClick={() => void onChange({ state: state === "member" ? "removed" : "member" })}
        >
          {t.rich(state === "member" ? "takeOff" : "letOn", { name, more })}
        </button>
        {state === "waiting" && (
          <button
            type="button"
            className="button-quiet button-small"
            disabled={isBusy}
            onClick={() => void onChange({ state: "removed" })}
          >
            {t.rich("refuse", { name, more })}
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
  const t = useTranslations("boards.members");
  const tRuns = useTranslations("runs");
  const { day } = useFormat();
  const published = runs.filter(({ state }) => state === "PUBLISHED");
  if (published.length === 0) {
    return <p className="text-muted basis-60 text-sm">{runs.length === 0 ? t("noRun") : t("noPublished")}</p>;
  }
  const id = `run-${model}`;
  return (
    <div className="basis-60 text-sm">
      <label htmlFor={id} className="text-muted text-xs">
        {t.rich("run", { name, more })}
      </label>
      <select
        id={id}
        className="field mt-1"
        value={run ?? ""}
        disabled={isBusy}
        onChange={({ target }) => void onChange({ run: target.value || null })}
      >
        <option value="">{t("bestRun")}</option>
        {published.map((each) => (
          <option key={each.runId} value={each.runId}>
            {t("runOption", { run: runName(tRuns, each), n: each.samples, day: day(each.createdAt) })}
          </option>
        ))}
      </select>
    </div>
  );
}

/** By what a run is told from the model's others. */
function runName(
  t: RunWords,
  { runId, label, promptSet, parameters }: BoardMemberView["runs"][number],
): string {
  const said = parameters === null ? "" : saidParameters(t, parameters);
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
  const t = useTranslations("boards.members");
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
        {t("add")}
      </label>
      <p className="text-muted mt-1 text-sm">{t.rich("addHint", newModelLinks(board))}</p>
      <div className="mt-4 flex gap-3">
        <select
          id="add-model"
          className="field min-w-0"
          value={model}
          disabled={free.length === 0}
          onChange={({ target }) => setChosen(target.value)}
        >
          <option value="">{free.length === 0 ? t("noOther") : t("choose")}</option>
          {free.map((each) => (
            <option key={each.model} value={each.model}>
              {t("candidate", { name: each.name, creator: each.creator, own: each.own ? "yes" : "no" })}
            </option>
          ))}
        </select>
        <button type="submit" className="button-quiet" disabled={!model || isBusy}>
          {t("addGo")}
        </button>
      </div>
    </form>
  );
}

/** Where a model that is not here yet is brought to a board. */
const newModelLinks = (board: string) => ({
  endpoint: (chunks: ReactNode) => (
    <Link href={`/submit?board=${board}`} className="link">
      {chunks}
    </Link>
  ),
  upload: (chunks: ReactNode) => (
    <Link href={`/submit/samples?board=${board}`} className="link">
      {chunks}
    </Link>
  ),
});
