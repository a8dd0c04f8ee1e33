"use client";

import { useState, type FormEvent } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { counted, day } from "@/components/format";
import { NewLink } from "@/components/comparisons/new-link";
import { useApi } from "@/components/use-api";
import type { ComparisonInviteView, NewComparisonInvite } from "@/lib/schemas/comparisons";

/** A comparison's links: one more is made and shown once, and each can be revoked. */
export function ComparisonLinks({
  comparisonId,
  initial,
}: {
  comparisonId: string;
  initial: ComparisonInviteView[];
}) {
  const path = `/api/v1/comparisons/${comparisonId}/invites`;
  const [first] = useState({ invites: initial });
  const { data, refresh } = useApi<{ invites: ComparisonInviteView[] }>(path, { initial: first });
  const [made, setMade] = useState<NewComparisonInvite | null>(null);
  const [label, setLabel] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null);
    try {
      await work();
      await refresh();
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
  };
  const make = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      setMade(await callApi<NewComparisonInvite>(path, { body: { label } }));
      setLabel("");
    });
  };
  const revoke = (id: string) =>
    attempt(async () => {
      await callApi<unknown>(`${path}/${id}`, { method: "DELETE" });
      if (made?.id === id) setMade(null);
    });
  return (
    <section aria-labelledby="links" className="mt-12 max-w-3xl">
      <h2 id="links" className="text-2xl">
        Links
      </h2>
      <form className="mt-4 flex flex-wrap items-end gap-3" onSubmit={make}>
        <label className="min-w-0 flex-1 basis-48 text-sm">
          <span className="text-muted mb-1 block">For whom (optional)</span>
          <input
            className="field"
            value={label}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => setLabel(event.target.value)}
          />
        </label>
        <button type="submit" className="button-quiet">
          Make another link, valid for 30 days
        </button>
      </form>
      {made && <NewLink key={made.id} path={made.path} />}
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      <ul className="mt-4 grid gap-3">
        {data.invites.map(({ id, label: whom, guests, revoked, expiresAt, createdAt }) => (
          <li key={id} className="card flex flex-wrap items-center justify-between gap-3 p-4 text-sm">
            <span className="min-w-0 break-words">
              {whom || "Without a label"}
              <span className="text-muted">
                {" "}
                · {guests === 0 ? "nobody came by it yet" : counted(guests, "person", "people")} · made{" "}
                {day(createdAt)}
                {expiresAt !== null && ` · valid until ${day(expiresAt)}`}
              </span>
            </span>
            {revoked ? (
              <span className="bg-sunk rounded-full px-2.5 py-1 text-xs">revoked</span>
            ) : (
              <Confirm
                label={
                  <>
                    Revoke<span className="sr-only"> {whom || "the link without a label"}</span>
                  </>
                }
                ask="Nobody comes by the link any more, and who came by it votes no more. Their votes stay."
                go="Revoke it"
                onGo={() => revoke(id)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
